import type { WritingLanguage } from '@creative-autogpt/protocol';
import { checkedContent } from './checked-content';
import { ENGLISH } from './en';
import { type GoalWording, goalWording } from './goal-wording';
import type { LanguageSource, StoryContent } from './story-content';
import { CHINESE } from './zh';

const SOURCES: Readonly<Record<WritingLanguage, LanguageSource>> = { zh: CHINESE, en: ENGLISH };

/** Everything the offline author needs to write in one language. */
export interface StoryLanguage
  extends Omit<StoryContent, 'wording'>, Pick<LanguageSource, 'heroNamePattern'> {
  readonly wording: GoalWording;
}

const known = new Map<WritingLanguage, StoryLanguage>();

/**
 * The language, made from its content files when it is asked for first.
 *
 * @throws StartupError when a file is wrong.
 */
export function storyLanguage(language: WritingLanguage): StoryLanguage {
  const made = known.get(language);
  if (made !== undefined) {
    return made;
  }
  const { files, heroNamePattern, numerals } = SOURCES[language];
  const content = checkedContent(language, files);
  const story = { ...content, wording: goalWording(content.wording, numerals), heroNamePattern };
  known.set(language, story);
  return story;
}
