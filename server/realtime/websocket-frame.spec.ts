import { websocketFrame } from './websocket-frame';

describe('websocketFrame', () => {
  const frameOf = (length: number): Buffer =>
    websocketFrame(Buffer.alloc(length, 'x'), { isBinary: false, isCompressed: false });

  for (const [length, header] of [
    [0, [0x81, 0]],
    [125, [0x81, 125]],
    [126, [0x81, 126, 0, 126]],
    [65_535, [0x81, 126, 0xff, 0xff]],
    [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
  ] as const) {
    it(`says that ${length} bytes follow, and has them follow`, () => {
      const frame = frameOf(length);

      expect([...frame.subarray(0, header.length)]).toEqual([...header]);
      expect(frame.subarray(header.length).equals(Buffer.alloc(length, 'x'))).toBeTrue();
    });
  }

  it('says what kind of message it is', () => {
    const firstByte = (isBinary: boolean, isCompressed: boolean): number | undefined =>
      websocketFrame(Buffer.alloc(0), { isBinary, isCompressed })[0];

    expect(firstByte(true, false)).toBe(0x82);
    expect(firstByte(false, true)).toBe(0xc1);
    expect(firstByte(true, true)).toBe(0xc2);
  });
});
