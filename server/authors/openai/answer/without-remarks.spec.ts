import { briefOf } from '../../../testing/brief';
import { OfflineAuthor } from '../../offline/offline-author';
import { WithoutRemarks } from './without-remarks';

/** The whole answer, given in pieces of this length. */
function read(answer: string, length: number): string {
  const filter = new WithoutRemarks();
  let text = '';
  for (let at = 0; at < answer.length; at += length) {
    text += filter.push(answer.slice(at, at + length));
  }
  return text + filter.end(true);
}

const STORY = '## 第三章　潮声\n\n雾来了。她没有回头。\n\n“好的，以下是你的船票：”他说。';

describe('WithoutRemarks', () => {
  const removed: Record<string, string> = {
    'a Chinese remark before the text': `好的，以下是第三章的初稿：\n\n${STORY}`,
    'a remark that names no greeting': `以下是修订后的整章内容：\n\n${STORY}`,
    'an English remark before the text': `Sure! Here is the draft of chapter three:\n\n${STORY}`,
    'a remark and a divider': `当然可以，下面是正文：\n\n---\n\n${STORY}`,
    'a remark after the text': `${STORY}\n\n希望您喜欢这一章！如需修改，请随时告诉我。`,
    'a divider and an English remark': `${STORY}\n\n---\n\nLet me know if you'd like me to revise anything.`,
    'two remarks after the text': `${STORY}\n\n以上就是第三章的初稿。\n如果您需要调整，请告诉我。\n`,
    'a code block around the text': `\`\`\`markdown\n${STORY}\n\`\`\`\n`,
    'a remark, a code block and a remark': `好的，以下是正文：\n\n\`\`\`\n${STORY}\n\`\`\`\n\n希望您满意！`,
    'blank lines around the text': `\n\n${STORY}\n\n\n`,
  };
  for (const [what, answer] of Object.entries(removed)) {
    it(`removes ${what}`, () => {
      for (const length of [1, 2, 5, 13, answer.length]) {
        expect(read(answer, length))
          .withContext(`in pieces of ${String(length)}`)
          .toBe(STORY);
      }
    });
  }

  const kept: Record<string, string> = {
    'dialogue that sounds like a remark': '“好的，以下是规则：”他念道。\n\n“如果你觉得可以，就签字。”',
    'a story that begins with a short sentence': '好。\n\n雾来了。',
    'a line about a chapter that ends as a story does': '这是她生命里的最后一章。\n\n雾来了。',
    'a wish at the end that is not about the text': '雾散了。\n\n希望你一路平安。',
    'what follows a wish about a chapter': '雾散了。\n\n希望这一章早些结束，他想。\n\n雾又来了。',
    'dividers between scenes': '雾来了。\n\n* * *\n\n雾散了。',
    'a code block in the middle': '他读那张纸：\n\n```\nSOS\n```\n\n雾来了。',
    'a letter that ends with a request': 'Dear Ada,\n\nLet me know when the fog lifts.',
    'a list in a story': '1. 船\n2. 灯\n3. 雾',
  };
  for (const [what, answer] of Object.entries(kept)) {
    it(`keeps ${what}`, () => {
      for (const length of [1, 4, answer.length]) {
        expect(read(answer, length))
          .withContext(`in pieces of ${String(length)}`)
          .toBe(answer);
      }
    });
  }

  for (const language of ['zh', 'en'] as const) {
    it(`keeps every text of the offline author (${language})`, async () => {
      const author = new OfflineAuthor({ charactersPerSecond: 1e9 });
      for (let seed = 0; seed < 20; seed++) {
        let text = '';
        for await (const piece of author.write(
          briefOf({ language, seed, targetLength: 300 }),
          new AbortController().signal,
        )) {
          text += 'text' in piece ? piece.text : '';
        }

        expect(read(text, 40)).toBe(text.trim());
      }
    });
  }

  it('keeps the blank lines at which an answer goes on, and where it is cut off', () => {
    const filter = new WithoutRemarks(true);

    expect(filter.push('\n\n她没有回头。\n\n') + filter.end(false)).toBe('\n\n她没有回头。\n\n');
  });

  it('removes a remark before what it goes on with', () => {
    const filter = new WithoutRemarks(true);

    expect(filter.push('好的，我将继续写本章正文：\n\n她没有回头。') + filter.end(true)).toBe('她没有回头。');
  });

  it('gives a line out while it is still being written', () => {
    const filter = new WithoutRemarks();
    filter.push('雾来了。\n');

    expect(filter.push('她没有回头，也没有停下，只是把灯举得更高了一些，')).not.toBe('');
  });

  for (const [what, piece] of [
    ['a blank line', '\n'],
    ['a remark', '希望您喜欢这一章！\n'],
  ] as const) {
    it(`holds a bounded part of ${what} that is repeated for ever`, () => {
      for (const begun of ['', '雾来了。\n']) {
        const filter = new WithoutRemarks();
        const text = filter.push(begun) + Array.from({ length: 6000 }, () => filter.push(piece)).join('');

        expect(text).toBe(begun + piece.repeat(6000));
      }
    });
  }
});
