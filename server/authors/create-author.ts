import type { Author } from './author';
import { AuthorError } from './author';
import { OfflineAuthor } from './offline/offline-author';
import { OpenAiAuthor } from './openai/openai-author';

/** Endpoint of a key that comes without one. */
const OPENAI_BASE_URL = 'https://api.openai.com/v1';

/** Which author writes. Each field is an environment variable of the server. */
export interface AuthorSettings {
  /** `LLM_BASE_URL`: an OpenAI-compatible endpoint, such as `http://localhost:11434/v1`. */
  readonly llmBaseUrl?: string | undefined;
  /** `LLM_API_KEY`. Many local servers need none. */
  readonly llmApiKey?: string | undefined;
  /** `LLM_MODEL`: the model's name at that endpoint. */
  readonly llmModel?: string | undefined;
  /** `AUTHOR_CHARS_PER_SECOND`: pace of the offline author. */
  readonly authorCharactersPerSecond: number;
}

/** An environment variable that is set to nothing is not set. */
function unlessEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/**
 * The language model that the settings name, or the offline author when they name none.
 *
 * @throws AuthorError when an endpoint or a key is set, but no model.
 */
export function createAuthor(settings: AuthorSettings): Author {
  const baseUrl = unlessEmpty(settings.llmBaseUrl);
  const apiKey = unlessEmpty(settings.llmApiKey);
  const model = unlessEmpty(settings.llmModel);
  if (baseUrl === undefined && apiKey === undefined && model === undefined) {
    return new OfflineAuthor({ charactersPerSecond: settings.authorCharactersPerSecond });
  }
  if (model === undefined) {
    throw new AuthorError('LLM_MODEL is not set: name the model that LLM_BASE_URL should write with.');
  }
  return new OpenAiAuthor({ baseUrl: baseUrl ?? OPENAI_BASE_URL, apiKey, model });
}
