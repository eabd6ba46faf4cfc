import type { Author } from './author';
import { OfflineAuthor } from './offline/offline-author';
import type { Endpoint } from '../config/language-model';
import { OpenAiAuthor } from './openai/openai-author';

/** Which author writes. */
export interface AuthorSettings {
  /** Where a language model is; undefined for the offline author. */
  readonly languageModel: Endpoint | undefined;
  /** Pace of the offline author. */
  readonly authorCharsPerSecond: number;
}

/** The language model that the settings name, or the offline author when they name none. */
export function createAuthor({ languageModel, authorCharsPerSecond }: AuthorSettings): Author {
  return languageModel === undefined
    ? new OfflineAuthor({ charactersPerSecond: authorCharsPerSecond })
    : new OpenAiAuthor(languageModel);
}
