import { fitSections } from './fit-sections';
import { phrasebookFor, sectionOf, titleSection, type WholeWorkTask } from './whole-work';

/** Writes where and by which rules it happens. */
export function composeWorld(task: WholeWorkTask): string {
  const { bible, language, targetLength, title } = task;
  const phrasebook = phrasebookFor(task, 'world');
  return fitSections(
    [
      titleSection(bible.language.wording.worldTitle(title)),
      ...bible.language.world.map((section) => sectionOf(section, phrasebook)),
    ],
    targetLength,
    language,
  );
}
