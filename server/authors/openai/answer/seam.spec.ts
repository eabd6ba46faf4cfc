import { Seam } from './seam';

describe('Seam', () => {
  const written = '雾来了。她没有回头，只是把灯';
  const read = (written: string, ...pieces: readonly string[]): string => {
    const seam = new Seam(written);
    return pieces.map((piece) => seam.push(piece)).join('') + seam.end();
  };

  it('leaves an answer as it is that goes on at once', () => {
    expect(read(written, '举得', '更高。')).toBe('举得更高。');
  });

  it('leaves out what was written already, however the answer is split', () => {
    expect(read(written, '她没有回头，只是把灯', '举得更高。')).toBe('举得更高。');
    expect(read(written, '\n她', '没有回头，只是', '把灯举', '得更高。')).toBe('举得更高。');
  });

  it('leaves out an answer that has nothing new', () => {
    expect(read(written, '她没有回头，只是把灯')).toBe('');
  });

  it('keeps a word that happens to come twice', () => {
    expect(read('她说：灯，灯', '灯亮了。')).toBe('灯亮了。');
  });

  it('keeps words from before that are not the end', () => {
    expect(read(written, '雾来了。她没有', '停下。')).toBe('雾来了。她没有停下。');
  });
});
