import type { WritingBrief } from '../author';
import { composeCharacters } from './compose-characters';
import { composeDraft } from './compose-draft';
import { composeOutline } from './compose-outline';
import { composeRevision } from './compose-revision';
import { composeSynopsis } from './compose-synopsis';
import { composeWorld } from './compose-world';
import { storyBibleFor } from './story-bible';
import { variationOf } from './variation-of';

/** The whole text of one task: the same brief always gives the same text. */
export function compose(brief: WritingBrief): string {
  const { chapterIndex, earlier, goal, language, targetLength, taskType, workTitle } = brief;
  const bible = storyBibleFor(brief);
  const attempt = variationOf(brief);
  const wholeWork = { bible, goal, title: workTitle, language, attempt, targetLength };
  switch (taskType) {
    case 'outline':
      return composeOutline(wholeWork);
    case 'characters':
      return composeCharacters(wholeWork);
    case 'world':
      return composeWorld(wholeWork);
    case 'synopsis':
      return composeSynopsis(wholeWork);
    case 'draft':
    case 'revision': {
      const plan = bible.chapters.find(({ index }) => index === chapterIndex);
      if (plan === undefined) {
        throw new RangeError(
          `The work has ${String(bible.chapters.length)} chapters, none with number ${String(chapterIndex)}.`,
        );
      }
      const chapter = { bible, plan, language, attempt, targetLength };
      if (taskType === 'draft') {
        return composeDraft(chapter);
      }
      const draft = earlier.findLast(
        (text) => text.taskType === 'draft' && text.chapterIndex === chapterIndex,
      );
      return composeRevision(chapter, draft?.text ?? null);
    }
  }
}
