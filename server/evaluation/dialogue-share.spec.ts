import { dialogueShare } from './dialogue-share';
import { measured } from '../testing/measured';

describe('dialogueShare', () => {
  it('is the share of characters between quotation marks', () => {
    expect(dialogueShare(measured('“走吧。”她说了。')).value).toBeCloseTo(5 / 9, 5);
  });

  it('knows the quotation marks of both languages', () => {
    for (const text of ['“走吧”', '「走吧」', '『走吧』', '"Go"']) {
      expect(dialogueShare(measured(text)).value)
        .withContext(text)
        .toBe(1);
    }
  });

  it('scores a scene without speech as 0', () => {
    expect(dialogueShare(measured('雾来了。')).score).toBe(0);
  });

  it('scores a scene of narration and speech as 1', () => {
    expect(dialogueShare(measured('雾从海上来，一点一点吞掉了码头。“走吧。”她说。')).score).toBe(1);
  });

  it('does not take a quotation mark that is never closed for speech', () => {
    expect(dialogueShare(measured('“走吧\n雾来了。')).value).toBe(0);
  });
});
