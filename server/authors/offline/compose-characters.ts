import { fitSections } from './fit-sections';
import { CAST } from './story-content';
import { phrasebookFor, sectionOf, titleSection, type WholeWorkTask } from './whole-work';

/** Writes who is in it. */
export function composeCharacters(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const { characters, wording } = bible.language;
  const phrasebook = phrasebookFor(task, 'characters');
  return fitSections(
    [
      titleSection(wording.charactersTitle(title)),
      ...CAST.map((member) => sectionOf(characters[member], phrasebook)),
      sectionOf(characters.relations, phrasebook),
    ],
    targetLength,
    language,
  );
}
