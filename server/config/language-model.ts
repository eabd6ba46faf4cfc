import { badValue, httpUrlFrom, StartupError } from './startup-error';

/** A language model behind an OpenAI-compatible API. */
export interface Endpoint {
  /** URL that `/chat/completions` is appended to, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** What each address ends with, such as the `api-version` of Azure. */
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** Absent for servers that ask for none. */
  readonly apiKey?: string | undefined;
  readonly model: string;
  /** Most tokens of one answer. @default what the endpoint takes for its limit */
  readonly maxOutputTokens?: number | undefined;
  /** Tokens of prompt and answer that the model takes in. @default as many as today's models */
  readonly contextTokens?: number | undefined;
  /** Time (ms) until the first word of an answer. @default 600000 */
  readonly firstByteTimeout?: number | undefined;
  /** Time (ms) a begun answer may stand still. @default 120000 */
  readonly idleTimeout?: number | undefined;
}

type Read = (name: string) => string | undefined;

const LONGEST_TIMEOUT_SECONDS = 86_400;
const FEWEST_CONTEXT_TOKENS = 2048;
const MOST_TOKENS = 10_000_000;

/** What is called after the base of an address, and is often copied with it. */
const CALL = /\/chat\/completions\/?$/u;

/**
 * @returns undefined for the offline author
 * @throws StartupError that never shows the key
 */
export function languageModelFrom(read: Read): Endpoint | undefined {
  const [address, apiKey, model] = [read('LLM_BASE_URL'), read('LLM_API_KEY'), read('LLM_MODEL')];
  if (address === undefined && model === undefined) {
    if (apiKey !== undefined) {
      throw new StartupError(
        'LLM_API_KEY is set without LLM_BASE_URL and LLM_MODEL: set all three, or unset it.',
      );
    }
    return undefined;
  }
  if (address === undefined) {
    throw new StartupError(
      `LLM_MODEL is set (${JSON.stringify(model)}) without LLM_BASE_URL: set both, or neither.`,
    );
  }
  const url = httpUrlFrom(address);
  if (url === undefined) {
    throw badValue('LLM_BASE_URL', address, 'an http or https URL such as https://api.openai.com/v1');
  }
  if (model === undefined) {
    throw new StartupError(
      `LLM_BASE_URL is set (${JSON.stringify(address)}) without LLM_MODEL: set both, or neither.`,
    );
  }
  const seconds = (name: string): number | undefined => wholeFrom(read, name, 1, LONGEST_TIMEOUT_SECONDS);
  const [firstByte, idle] = [seconds('LLM_FIRST_BYTE_TIMEOUT'), seconds('LLM_IDLE_TIMEOUT')];
  return {
    ...baseOf(url),
    apiKey,
    model,
    maxOutputTokens: wholeFrom(read, 'LLM_MAX_OUTPUT_TOKENS', 1, MOST_TOKENS),
    contextTokens: wholeFrom(read, 'LLM_CONTEXT_TOKENS', FEWEST_CONTEXT_TOKENS, MOST_TOKENS),
    firstByteTimeout: firstByte && firstByte * 1000,
    idleTimeout: idle && idle * 1000,
  };
}

/** The base, also where the address of a call was given. An address without a path is that of a whole server. */
function baseOf(url: URL): Pick<Endpoint, 'baseUrl' | 'query'> {
  const query = Object.fromEntries(url.searchParams);
  const base = new URL(url);
  base.search = '';
  base.hash = '';
  base.pathname = url.pathname.replace(CALL, '').replace(/\/+$/u, '') || '/v1';
  return { baseUrl: base.href, query: Object.keys(query).length === 0 ? undefined : query };
}

function wholeFrom(read: Read, name: string, least: number, most: number): number | undefined {
  const value = read(name);
  if (value === undefined) {
    return undefined;
  }
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw badValue(name, value, `a whole number from ${least} to ${most}`);
  }
  return number;
}
