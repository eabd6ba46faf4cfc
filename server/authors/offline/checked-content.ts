import type { WritingLanguage } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { StartupError } from '../../config/startup-error';
import { StoryContent } from './story-content';

/** The keys of {@link StoryContent} that stand for folders. */
const FOLDERS: readonly unknown[] = ['settings', 'events', 'interludes'];

/**
 * What the content files of a language say, once it is sure that they say all that the author needs.
 *
 * @param files By their names without `.json`; a folder is an object of its files.
 * @throws StartupError that names the file and the place in it.
 */
export function checkedContent(
  language: WritingLanguage,
  files: Readonly<Record<string, unknown>>,
): StoryContent {
  const { success, issues, output } = v.safeParse(StoryContent, files, { abortEarly: true });
  if (success) {
    return output;
  }
  const [{ message, path = [] }] = issues;
  const keys = path.map(({ key }) => String(key));
  const depth = FOLDERS.includes(keys[0]) ? 2 : 1;
  const file = `content/${[language, ...keys.slice(0, depth)].join('/')}.json`;
  const place = keys.slice(depth).join('.') || 'the top';
  throw new StartupError(
    `${file} is wrong at ${place}: ${message}. content/README.md says what it may hold.`,
  );
}
