import type { WritingLanguage } from '@creative-autogpt/protocol';
import { evaluate } from '../../evaluation/evaluate';
import { briefOf } from '../../testing/brief';
import { writeSession, type WrittenTask } from '../../testing/whole-session';
import { compose } from './compose';
import { lengthOf } from './prose';
import { storyBibleFor } from './story-bible';

const GENRES: Record<WritingLanguage, readonly string[]> = {
  zh: ['科幻', '奇幻', '悬疑', '言情', '武侠', '现实'],
  en: ['science fiction', 'fantasy', 'mystery', 'romance', 'wuxia', 'literary'],
};
const CHAPTER_LENGTH: Record<WritingLanguage, number> = { zh: 1200, en: 800 };

function sessions(language: WritingLanguage): WrittenTask[] {
  return GENRES[language].flatMap((genre, seed) =>
    writeSession({ language, genre, seed, chapterCount: 4, chapterLength: CHAPTER_LENGTH[language] }),
  );
}

for (const language of ['zh', 'en'] as const) {
  describe(`compose (${language})`, () => {
    const written = sessions(language);
    const prose = written.filter(({ brief }) => brief.chapterIndex !== null);

    it('leaves no symbol of the grammar unexpanded', () => {
      for (const { text } of written) {
        expect(text).not.toMatch(/\(\(|\)\)|#\w+#|undefined/u);
      }
    });

    it('passes its own evaluation', () => {
      for (const { brief, text } of written) {
        expect(evaluate(text, brief).passed)
          .withContext(`${brief.taskType} ${brief.goal.genre ?? ''}`)
          .toBeTrue();
      }
    });

    it('meets the length of a chapter within a tenth', () => {
      for (const { brief, text } of prose) {
        const share = lengthOf(text, language) / brief.targetLength;
        expect(share)
          .withContext(`${brief.taskType} ${String(brief.chapterIndex)}`)
          .toBeGreaterThan(0.9);
        expect(share).toBeLessThan(1.1);
      }
    });

    it('meets the length of short and of long chapters', () => {
      for (const targetLength of [250, 600, 3000]) {
        const share = lengthOf(compose(briefOf({ language, targetLength })), language) / targetLength;
        expect(share).withContext(String(targetLength)).toBeGreaterThan(0.9);
        expect(share).withContext(String(targetLength)).toBeLessThan(1.1);
      }
    });

    it('says no paragraph twice in a chapter', () => {
      for (const { text } of prose) {
        const paragraphs = text.split('\n\n').filter((paragraph) => paragraph.length > 20);
        expect(new Set(paragraphs).size).toBe(paragraphs.length);
      }
    });

    it('closes every quotation it opens', () => {
      for (const { text } of written) {
        for (const paragraph of text.split('\n')) {
          expect(paragraph.split('“').length).withContext(paragraph).toBe(paragraph.split('”').length);
        }
      }
    });

    it('opens each chapter with the title that the outline gives it', () => {
      const headings = (text: string): string[] =>
        text.split('\n').flatMap((line) => /^#{2,3} ((?:第|Chapter ).*)$/u.exec(line)?.[1] ?? []);
      const outline = headings(written[0]?.text ?? '');
      const firstSession = written.slice(0, 12).filter(({ brief }) => brief.taskType === 'draft');
      expect(firstSession.flatMap(({ text }) => headings(text))).toEqual(outline);
    });

    it('keeps the name of the main character through the whole session', () => {
      for (const { brief, text } of written.filter(({ brief: { taskType } }) => taskType !== 'world')) {
        const hero = storyBibleFor(brief).phrases['hero'];
        expect(text).toContain(String(hero));
      }
    });

    it('gives the same text for the same brief, and another for another attempt or seed', () => {
      const brief = briefOf({ language });
      expect(compose(brief)).toBe(compose(briefOf({ language })));
      expect(compose({ ...brief, attempt: 1 })).not.toBe(compose(brief));
      expect(compose({ ...brief, seed: 2 })).not.toBe(compose(brief));
    });

    for (const taskType of ['world', 'draft', 'revision'] as const) {
      it(`S21: gives another ${taskType} for each feedback, and the same one for the same`, () => {
        const chapterIndex = taskType === 'world' ? null : 2;
        const textFor = (...feedback: string[]): string =>
          compose(briefOf({ language, taskType, chapterIndex, feedback }));
        const texts = [textFor(), textFor('darker'), textFor('shorter'), textFor('darker', 'shorter')];
        expect(new Set(texts).size).toBe(texts.length);
        expect(textFor('darker')).toBe(texts[1] ?? '');
      });
    }

    it('keeps the people and the plan of the work whatever the feedback', () => {
      const brief = briefOf({ language, feedback: ['another hero, please'] });
      expect(storyBibleFor(brief).phrases).toEqual(storyBibleFor(briefOf({ language })).phrases);
    });

    it('passes its own evaluation whatever the feedback', () => {
      for (const feedback of ['darker', '雾再浓一些', 'no rain']) {
        const brief = briefOf({ language, feedback: [feedback], targetLength: CHAPTER_LENGTH[language] });
        expect(evaluate(compose(brief), brief).passed)
          .withContext(feedback)
          .toBeTrue();
      }
    });

    it('revises the draft it is given: most of it stays, something is new', () => {
      const draft = compose(briefOf({ language }));
      const earlier = [{ taskType: 'draft' as const, chapterIndex: 2, title: '', text: draft }];
      const revision = compose(briefOf({ language, taskType: 'revision', earlier }));
      const kept = draft.split('\n\n').filter((paragraph) => revision.includes(paragraph));
      expect(kept.length / draft.split('\n\n').length).toBeGreaterThan(0.5);
      expect(revision).not.toBe(draft);
    });

    it('revises a draft it has not written', () => {
      const text =
        language === 'zh'
          ? '## 第二章　别处\n\n海在夜里很安静。'
          : '## Chapter 2 — Away\n\nThe sea was calm.';
      const earlier = [{ taskType: 'draft' as const, chapterIndex: 2, title: '', text }];
      const revision = compose(briefOf({ language, taskType: 'revision', targetLength: 60, earlier }));
      expect(revision.startsWith(text)).toBeTrue();
      expect(revision.length).toBeGreaterThan(text.length);
    });

    it('takes out of a draft what it says twice', () => {
      const sentence = language === 'zh' ? '海在夜里很安静。' : 'The sea was calm at night.';
      const text = `## 2\n\n${sentence}\n\n${sentence}`;
      const earlier = [{ taskType: 'draft' as const, chapterIndex: 2, title: '', text }];
      const revision = compose(briefOf({ language, taskType: 'revision', earlier }));
      expect(revision.split(sentence)).toHaveSize(2);
    });
  });
}

describe('compose', () => {
  it('puts what the goal asks for into the outline, on one line and cut short', () => {
    const goal = { genre: '悬疑', style: '冷峻', requirement: `结尾\n要${'很'.repeat(300)}好` };
    const outline = compose(briefOf({ taskType: 'outline', chapterIndex: null, goal }));
    expect(outline).toContain('**类型**：悬疑');
    expect(outline).toContain('**风格**：冷峻');
    expect(outline).toContain('**写作要求**：结尾 要很很');
    expect(outline).toContain('很…');
  });

  it('takes titles with the signs of the grammar as they are', () => {
    const outline = compose(
      briefOf({ taskType: 'outline', chapterIndex: null, workTitle: 'A #hero# [x:y] \\ title' }),
    );
    expect(outline.split('\n')[0]).toBe('# 《A #hero# [x:y] \\ title》大纲');
  });

  it('ends a chapter early rather than going in circles', () => {
    const brief = briefOf({ targetLength: 100_000 });
    const evaluation = evaluate(compose(brief), brief);
    expect(evaluation.dimension_scores?.['repetition']?.score).toBeGreaterThan(0.5);
  });

  it('refuses a chapter that the work does not have', () => {
    expect(() => compose(briefOf({ chapterIndex: 4 }))).toThrowError(/3 chapters/u);
  });
});
