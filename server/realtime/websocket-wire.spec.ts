import { encodeCompressedFrame, encodeFrame } from './websocket-wire';

describe('A frame', () => {
  for (const [length, header] of [
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 0xff, 0xff]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ] as const) {
    it(`says that ${length} bytes follow, and has them follow`, () => {
      const frame = encodeFrame(Buffer.alloc(length, 'x'), false);

      expect([...frame.subarray(0, header.length)]).toEqual([...header]);
      expect(frame.subarray(header.length).equals(Buffer.alloc(length, 'x'))).toBeTrue();
    });
  }

  it('says what kind of message it is', () => {
    const payload = Buffer.alloc(0);

    expect(encodeFrame(payload, true)[0]).toBe(0x82);
    expect(encodeCompressedFrame(payload, false)[0]).toBe(0xc1);
    expect(encodeCompressedFrame(payload, true)[0]).toBe(0xc2);
  });
});
