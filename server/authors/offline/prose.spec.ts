import { lengthOf, noticeableClauses, sentencesIn } from './prose';

describe('prose', () => {
  it('counts Chinese characters without spaces and Markdown marks', () => {
    expect(lengthOf('## 第一章　雾\n\n**林晚**来了。', 'zh')).toBe(9);
  });

  it('counts English words without Markdown marks', () => {
    expect(lengthOf('## Chapter 1 — Fog\n\n- The lamp didn’t flicker.', 'en')).toBe(8);
  });

  it('splits Chinese sentences but leaves speech in one piece', () => {
    expect(sentencesIn('雨停了。“走吧。别回头。”她说。门开着……没有人。', 'zh')).toEqual([
      '雨停了。',
      '“走吧。别回头。”她说。',
      '门开着……',
      '没有人。',
    ]);
  });

  it('splits English sentences but leaves speech in one piece', () => {
    expect(sentencesIn('It rained. “Go. Now,” she said. Nobody moved.', 'en')).toEqual([
      'It rained.',
      '“Go. Now,” she said.',
      'Nobody moved.',
    ]);
  });

  it('notices only clauses that are long enough to be remembered', () => {
    expect(noticeableClauses('走吧，雾把声音也泡软了一些。', 'zh')).toEqual(['雾把声音也泡软了一些']);
    expect(noticeableClauses('Go, the fog had soaked into everything.', 'en')).toEqual([
      'the fog had soaked into everything',
    ]);
  });
});
