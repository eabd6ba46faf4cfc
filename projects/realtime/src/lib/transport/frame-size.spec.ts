import * as fc from 'fast-check';
import { frameSize } from './frame-size';

describe('frameSize', () => {
  it('counts text as UTF-8, short and long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 3_000 }), (text, times) => {
        const frame = text.repeat(times);
        expect(frameSize(frame)).toBe(new TextEncoder().encode(frame).byteLength);
      }),
    );
  });

  it('counts what is no character as the sign that is sent for it', () => {
    expect(frameSize('\ud83d')).toBe(3);
  });

  it('counts the bytes of binary frames', () => {
    expect(frameSize(new ArrayBuffer(7))).toBe(7);
    expect(frameSize(new Uint8Array(9).subarray(2))).toBe(7);
  });
});
