import { chapterHeading, type ChapterTask, composeDraft } from './compose-draft';
import { Deck } from './deck';
import { lengthOf, paragraphOf, sentencesIn } from './prose';
import { SceneWriter } from './scene-writer';

/** A revision may be this much longer than asked for. */
const LONGEST_SHARE = 1.07;

/** One paragraph of narration in this many gains a sentence. */
const DETAIL_EVERY = 3;

interface Revision {
  readonly task: ChapterTask;
  readonly writer: SceneWriter;
}

/** Drops sentences that the chapter has already said word for word. */
function withoutRepetition(paragraphs: readonly string[], { language }: ChapterTask): string[] {
  const said = new Set<string>();
  return paragraphs
    .map((paragraph) =>
      paragraphOf(
        sentencesIn(paragraph, language).filter((sentence) => {
          const isNew = !said.has(sentence) || sentence.includes('“');
          said.add(sentence);
          return isNew;
        }),
        language,
      ),
    )
    .filter((paragraph) => paragraph !== '');
}

/** Replaces plain words by sharper ones, each of them once. */
function sharpened(paragraphs: readonly string[], { task, writer }: Revision): string[] {
  let pending = task.bible.language.revision.sharpenings.map(
    ({ plain, sharper }) => [writer.phrase(plain), writer.phrase(sharper)] as const,
  );
  return paragraphs.map((paragraph) => {
    let revised = paragraph;
    pending = pending.filter(([plain, sharper]) => {
      const found = revised.includes(plain);
      revised = revised.replace(plain, () => sharper);
      return !found;
    });
    return revised;
  });
}

function isNarration(paragraph: string): boolean {
  return !paragraph.includes('“') && !paragraph.startsWith('#') && !paragraph.startsWith('*');
}

/**
 * Adds what can be seen, heard or smelled, as far as there is room: at least once, so that every revision
 * shows.
 */
function enriched(paragraphs: readonly string[], { task, writer }: Revision): string[] {
  const { bible, language, plan, targetLength } = task;
  const details = bible.random('details', plan.index).shuffled(bible.language.revision.details);
  const deck = new Deck(
    details.map((detail) => [detail]),
    task.attempt,
  );
  let room = targetLength * LONGEST_SHARE - lengthOf(paragraphs.join('\n'), language);
  let narrations = 0;
  let added = 0;
  return paragraphs.map((paragraph) => {
    if (!isNarration(paragraph) || narrations++ % DETAIL_EVERY !== 0 || added === deck.size) {
      return paragraph;
    }
    const [detail = ''] = writer.writeFresh(deck);
    const length = lengthOf(detail, language);
    if (added > 0 && length > room) {
      return paragraph;
    }
    room -= length;
    added++;
    return paragraphOf([paragraph, detail], language);
  });
}

/**
 * Polishes a draft: the same scenes, with repetition removed, plain words sharpened and details added.
 *
 * @param draft The draft, or null to write one first.
 */
export function composeRevision(task: ChapterTask, draft: string | null): string {
  const { attempt, bible, language, plan } = task;
  const heading = chapterHeading(task);
  const [first = '', ...rest] = (draft ?? composeDraft(task)).split(/\n{2,}/u);
  const paragraphs = first.startsWith('#') ? rest : [first, ...rest];
  const writer = new SceneWriter(bible, plan, language, bible.random('revision', plan.index, attempt));
  writer.remember(paragraphs);
  const revision = { task, writer };
  const revised = enriched(sharpened(withoutRepetition(paragraphs, task), revision), revision);
  return [first.startsWith('#') ? first : heading, ...revised].join('\n\n');
}
