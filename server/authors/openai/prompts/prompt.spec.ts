import { TASK_TYPES } from '@creative-autogpt/protocol';
import type { EarlierText } from '../../author';
import { briefOf } from '../../../testing/brief';
import { promptFor } from './prompt';

function earlierText(changes: Partial<EarlierText>): EarlierText {
  return { taskType: 'outline', chapterIndex: null, title: '', text: '', ...changes };
}

describe('promptFor', () => {
  it('speaks of every kind of task in both languages, with its title, goal and length', () => {
    for (const language of ['zh', 'en'] as const) {
      for (const taskType of TASK_TYPES) {
        const goal = { genre: 'noir', style: 'terse', requirement: 'no rain' };
        const { user } = promptFor(briefOf({ taskType, language, goal, targetLength: 1234 }));
        for (const part of ['雾中的灯塔', 'noir', 'terse', 'no rain', '1234']) {
          expect(user).withContext(`${language} ${taskType}`).toContain(part);
        }
      }
    }
  });

  it('asks for the rest of a text that was cut off, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const { continuation } = promptFor(briefOf({ language, begun: 'It was night' }));
      expect(continuation).toEqual({ begun: 'It was night', user: jasmine.stringMatching(/\S/) });
    }
    expect(promptFor(briefOf()).continuation).toBeNull();
  });

  it('leaves out what the goal does not say', () => {
    expect(promptFor(briefOf({ goal: {} })).user).not.toMatch(/类型|undefined/u);
  });

  for (const [language, weight] of [
    ['zh', '以意见为准'],
    ['en', 'above the earlier instructions'],
  ] as const) {
    it(`S21: gives what people said last and with weight, in the order in which they said it (${language})`, () => {
      const feedback = ['less rain', 'more dialogue\nand a cat'];
      const { user } = promptFor(briefOf({ language, feedback, targetLength: 1234 }));
      expect(user.indexOf(weight)).toBeGreaterThan(user.indexOf('1234'));
      expect(user.endsWith('- less rain\n- more dialogue\nand a cat')).toBeTrue();
    });

    it(`says nothing of feedback when there is none (${language})`, () => {
      expect(promptFor(briefOf({ language })).user).not.toContain(weight);
    });
  }

  it('gives the plan of the work and the finished chapters, in the order of the session', () => {
    const { user } = promptFor(
      briefOf({
        chapterIndex: 3,
        earlier: [
          earlierText({ text: 'THE OUTLINE' }),
          earlierText({ taskType: 'draft', chapterIndex: 1, text: 'DRAFT 1' }),
          earlierText({ taskType: 'revision', chapterIndex: 1, text: 'FINAL 1' }),
          earlierText({ taskType: 'revision', chapterIndex: 2, text: 'FINAL 2' }),
        ],
      }),
    );
    expect(user).toMatch(/THE OUTLINE[\s\S]*FINAL 1[\s\S]*FINAL 2/u);
    expect(user).not.toContain('DRAFT 1');
  });

  it('gives a revision its whole draft', () => {
    const draft = '雾。'.repeat(10_000);
    const earlier = [earlierText({ taskType: 'draft', chapterIndex: 2, text: draft })];
    expect(promptFor(briefOf({ taskType: 'revision', earlier })).user).toContain(draft);
  });

  it('keeps within a budget: the plan from its start, the latest chapters to their end', () => {
    const chapters = Array.from({ length: 30 }, (_, at) =>
      earlierText({
        taskType: 'revision',
        chapterIndex: at + 1,
        text: `START ${String(at + 1)};${'雾'.repeat(9_000)}END ${String(at + 1)};`,
      }),
    );
    const outline = earlierText({ text: 'THE OUTLINE' });
    const { user } = promptFor(briefOf({ chapterIndex: 31, earlier: [outline, ...chapters] }));
    expect(user.length).toBeLessThan(32_000);
    expect(user).toContain('THE OUTLINE');
    expect(user).toContain('END 30;');
    expect(user).not.toContain('START 30;');
    expect(user).not.toContain('END 1;');
  });

  it('gives a synopsis a part of every chapter', () => {
    const chapters = Array.from({ length: 30 }, (_, at) =>
      earlierText({
        taskType: 'revision',
        chapterIndex: at + 1,
        text: `${'雾'.repeat(9_000)}END ${String(at + 1)};`,
      }),
    );
    const { user } = promptFor(briefOf({ taskType: 'synopsis', chapterIndex: null, earlier: chapters }));
    expect(user).toContain('END 1;');
    expect(user).toContain('END 30;');
  });
});
