import { WithoutThinking } from './without-thinking';

describe('WithoutThinking', () => {
  /** What a reader has in the end, who is given the answer in pieces of this length. */
  const read = (answer: string, length: number): string => {
    let shown = '';
    const filter = new WithoutThinking(() => {
      shown = '';
    });
    for (let at = 0; at < answer.length; at += length) {
      const text = filter.push(answer.slice(at, at + length));
      expect(text).not.toMatch(/think|thought|reason/iu);
      shown += text;
    }
    return shown + filter.end();
  };

  const cases: Record<string, [answer: string, text: string]> = {
    'leaves a text without marks as it is': ['雾来了。\n\n她没有回头。', '雾来了。\n\n她没有回头。'],
    'drops what stands between marks at the beginning': [
      '<think>\n嗯……\n</think>\n\n雾来了。',
      '\n\n雾来了。',
    ],
    'knows the marks in capitals and of other models': ['<Thinking>a</Thinking>[THINK]b[/THINK]雾。', '雾。'],
    'drops a thought in the middle, at the beginning of a line': [
      '一。\n<think>二</think>\n三。',
      '一。\n\n三。',
    ],
    'drops several thoughts': ['<think>一</think>二\n<think>三</think>四', '二\n四'],
    'takes marks within a thought for part of it': ['<think>so <reasoning> here</think>雾。', '雾。'],
    'drops a thought that never ends': ['雾。\n<think>嗯', '雾。\n'],
    'begins anew where only the end is marked': ['用户想要一章。</think>\n雾来了。', '\n雾来了。'],
    'drops an end mark that follows a thought': ['<think>一</think>二。</think>三。', '二。三。'],
    'keeps other tags and brackets': ['a < b, <b>雾</b> [1] <thin', 'a < b, <b>雾</b> [1] <thin'],
  };
  for (const [what, [answer, text]] of Object.entries(cases)) {
    it(what, () => {
      for (const length of [1, 2, 3, 7, answer.length]) {
        expect(read(answer, length))
          .withContext(`in pieces of ${String(length)}`)
          .toBe(text);
      }
    });
  }

  it('gives out nothing before the mark where a model is known to begin without one', () => {
    const filter = new WithoutThinking(fail, true);

    expect([filter.push('嗯……</th'), filter.push('ink>雾来了。'), filter.push('<b>')]).toEqual([
      '',
      '雾来了。',
      '<b>',
    ]);
  });

  it('finds that mark behind long thinking, however it is split into pieces', () => {
    for (const length of [1, 3, 7]) {
      const filter = new WithoutThinking(fail, true);
      const answer = `${'嗯……'.repeat(200)}</THINK>雾来了。`;
      let text = '';
      for (let at = 0; at < answer.length; at += length) {
        text += filter.push(answer.slice(at, at + length));
      }

      expect(text + filter.end()).toBe('雾来了。');
    }
  });

  it('takes an answer of such a model without a mark for text', () => {
    const filter = new WithoutThinking(fail, true);

    expect(filter.push('雾来了。') + filter.end()).toBe('雾来了。');
  });

  it('keeps a mark within a line, which is a word of the story', () => {
    const filter = new WithoutThinking(fail);

    expect(filter.push('She typed <think> and waited.') + filter.end()).toBe('She typed <think> and waited.');
  });
});
