import type { EarlierText, WritingBrief } from '../../author';

/**
 * Characters of earlier text a prompt may carry: some 20,000 tokens of Chinese, which today's models take in.
 */
export const CONTEXT_BUDGET = 30_000;

/** No single earlier text takes more than this of it. */
const LONGEST_TEXT = 8_000;

/** Texts about the whole work are needed in every chapter, and so is the end of the chapter before. */
const ABOUT_THE_WORK: ReadonlySet<string> = new Set(['outline', 'characters', 'world']);

function isNeeded(text: EarlierText, { chapterIndex, taskType }: WritingBrief): boolean {
  if (ABOUT_THE_WORK.has(text.taskType)) {
    return true;
  }
  // Of a chapter only its last version counts; a revision is given its draft apart.
  return text.taskType === 'revision' && (taskType === 'synopsis' || text.chapterIndex !== chapterIndex);
}

/** The end of a text matters most for what follows it, except in a plan, which is kept from its start. */
function trimmed({ taskType, text }: EarlierText, longest: number): string {
  if (text.length <= longest) {
    return text;
  }
  return ABOUT_THE_WORK.has(taskType) ? `${text.slice(0, longest)}…` : `…${text.slice(-longest)}`;
}

/**
 * Earlier texts a model should know, oldest first: what is about the work, then as many late chapters as fit.
 *
 * @param budget characters that they may have in all
 */
export function contextOf(brief: WritingBrief, budget: number): EarlierText[] {
  const needed = brief.earlier.filter((text) => isNeeded(text, brief));
  const aboutTheWork = needed.filter(({ taskType }) => ABOUT_THE_WORK.has(taskType));
  const chapters = needed.filter(({ taskType }) => !ABOUT_THE_WORK.has(taskType));
  // Every chapter of a synopsis gets its part; otherwise the last ones matter most.
  const share =
    brief.taskType === 'synopsis' && chapters.length > 0 ? budget / chapters.length : LONGEST_TEXT;
  let room = budget;
  const fitting: EarlierText[] = [];
  for (const text of [...aboutTheWork, ...chapters.reverse()]) {
    const longest = Math.floor(
      Math.min(room, LONGEST_TEXT, ABOUT_THE_WORK.has(text.taskType) ? LONGEST_TEXT : share),
    );
    if (longest > 0) {
      fitting.push({ ...text, text: trimmed(text, longest) });
      room -= Math.min(text.text.length, longest);
    }
  }
  return brief.earlier.flatMap(
    ({ chapterIndex, taskType }) =>
      fitting.find((text) => text.taskType === taskType && text.chapterIndex === chapterIndex) ?? [],
  );
}

/** The draft that a revision is about, or null. */
export function draftOf({ chapterIndex, earlier }: WritingBrief): string | null {
  return (
    earlier.findLast((text) => text.taskType === 'draft' && text.chapterIndex === chapterIndex)?.text ?? null
  );
}
