import type { Numerals, StoryContent } from './story-content';

/** Unlike the grammar, this takes a text that people typed as it is, whatever signs are in it. */
function filled(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/#(\w+)#/gu, (slot, name: string) => values[name] ?? slot);
}

/** Words around what the goal says. */
export function goalWording(templates: StoryContent['wording'], numerals: Numerals) {
  return {
    outlineTitle: (title: string) => filled(templates.outlineTitle, { title }),
    charactersTitle: (title: string) => filled(templates.charactersTitle, { title }),
    worldTitle: (title: string) => filled(templates.worldTitle, { title }),
    synopsisTitle: (title: string) => filled(templates.synopsisTitle, { title }),
    genre: (genre: string) => filled(templates.genre, { genre }),
    style: (style: string) => filled(templates.style, { style }),
    requirement: (requirement: string) => filled(templates.requirement, { requirement }),
    extent: (chapters: number) =>
      chapters === 1
        ? templates.oneChapter
        : filled(templates.chapters, { count: numerals.chapter(chapters) }),
    chaptersHeading: templates.chaptersHeading,
    chapterTitle: (index: number, title: string) =>
      filled(templates.chapterTitle, { number: numerals.chapter(index), title }),
    /** A title that is used again. `part` counts from 2. */
    titleAgain: (title: string, part: number) =>
      filled(templates.titleAgain, { title, part: numerals.part(part) }),
  };
}
export type GoalWording = Readonly<ReturnType<typeof goalWording>>;
