import type { WritingLanguage } from '@creative-autogpt/protocol';
import { lengthOf, paragraphOf } from './prose';

/** A sentence or list item, and how gladly it is left out: 0 is always said, 1 is left out last. */
export interface SectionItem {
  readonly text: string;
  readonly rank: number;
}

export interface Section {
  /** Heading with its Markdown marks, or nothing. */
  readonly heading?: string;
  /** Whether the heading stands even with nothing below it. */
  readonly keepsHeading?: boolean;
  readonly layout: 'list' | 'paragraph';
  readonly items: readonly SectionItem[];
}

function render(
  { heading, keepsHeading, layout }: Section,
  texts: readonly string[],
  language: WritingLanguage,
): string[] {
  if (texts.length === 0) {
    return heading !== undefined && keepsHeading === true ? [heading] : [];
  }
  const body = layout === 'list' ? texts.map((text) => `- ${text}`).join('\n') : paragraphOf(texts, language);
  return heading === undefined ? [body] : [heading, body];
}

/** Writes sections as Markdown, with as many of their items as there is room for. */
export function fitSections(
  sections: readonly Section[],
  targetLength: number,
  language: WritingLanguage,
): string {
  const said = new Set<SectionItem>();
  let length = lengthOf(sections.map(({ heading }) => heading ?? '').join('\n'), language);
  const byRank = sections.flatMap(({ items }) => items).sort((one, other) => one.rank - other.rank);
  for (const item of byRank) {
    const longer = length + lengthOf(item.text, language);
    if (item.rank === 0 || longer <= targetLength) {
      said.add(item);
      length = longer;
    }
  }
  return sections
    .flatMap((section) =>
      render(
        section,
        section.items.filter((item) => said.has(item)).map(({ text }) => text),
        language,
      ),
    )
    .join('\n\n');
}
