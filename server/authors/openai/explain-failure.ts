import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { AuthorError } from '../author';
import type { Endpoint } from '../../config/environment';

/** Status of an answer that failed, also within its stream, where there is none. */
const FAILED = 500;

/** What an endpoint says is quoted up to this many characters. */
const LONGEST_QUOTE = 300;

/** The address without user and password. */
function shownUrl(baseUrl: string): string {
  if (!URL.canParse(baseUrl)) {
    return baseUrl;
  }
  const { host, pathname, protocol } = new URL(baseUrl);
  return `${protocol}//${host}${pathname}`;
}

/** What went wrong in the words of others, without the key or the password they may repeat. */
function quoted(message: string, { apiKey, baseUrl }: Endpoint): string {
  const withoutPassword = message.replaceAll(baseUrl, shownUrl(baseUrl));
  const withoutKey = apiKey ? withoutPassword.replaceAll(apiKey, '…') : withoutPassword;
  return withoutKey.slice(0, LONGEST_QUOTE);
}

/** The innermost reason of a failed connection, such as `ECONNREFUSED`. */
function reasonOf(error: Error): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) {
    return reasonOf(error.errors[0]);
  }
  if (error.cause instanceof Error) {
    return reasonOf(error.cause);
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}

function errorForStatus(status: number, said: string, { baseUrl, model }: Endpoint): AuthorError {
  const url = shownUrl(baseUrl);
  switch (status) {
    case 401:
      return new AuthorError(`${url} refused the key (401). Check LLM_API_KEY.`, 'author_unauthorized');
    case 402:
      return new AuthorError(
        `${url} wants to be paid first (402). Check the account of LLM_API_KEY. It said: ${said}`,
        'author_unpaid',
      );
    case 403:
      return new AuthorError(
        `${url} does not allow this key to use the model “${model}” (403). Check LLM_API_KEY and LLM_MODEL.`,
        'author_forbidden',
      );
    case 404:
      return new AuthorError(
        `${url} does not know the model “${model}” or the address (404). Check LLM_MODEL and LLM_BASE_URL.`,
        'author_not_found',
      );
    case 429:
      return new AuthorError(
        `${url} refused further requests (429): too many, or the quota is used up. Wait, or raise the limit of LLM_API_KEY. It said: ${said}`,
        'author_limited',
      );
    default:
      return status >= FAILED
        ? new AuthorError(`${url} failed while answering. Try again later. It said: ${said}`, 'author_failed')
        : new AuthorError(
            `${url} refused the request (${String(status)}). Check LLM_MODEL and its limits. It said: ${said}`,
            'author_refused',
          );
  }
}

/** Says why no text could be had, and what a person can do. It never contains the key. */
export function explainFailure(error: unknown, endpoint: Endpoint): AuthorError {
  if (error instanceof AuthorError) {
    return error;
  }
  const url = shownUrl(endpoint.baseUrl);
  if (error instanceof APIConnectionTimeoutError) {
    return new AuthorError(
      `${url} did not begin to answer in time. Check that the server at LLM_BASE_URL is not overloaded.`,
      'author_timeout',
    );
  }
  if (error instanceof APIConnectionError) {
    return new AuthorError(
      `${url} cannot be reached (${quoted(reasonOf(error), endpoint)}). Check LLM_BASE_URL and that a server is running there.`,
      'author_unreachable',
    );
  }
  if (error instanceof APIError) {
    const status: unknown = error.status;
    const said = quoted(error.message, endpoint);
    return errorForStatus(typeof status === 'number' ? status : FAILED, said, endpoint);
  }
  const reason = error instanceof Error ? quoted(reasonOf(error), endpoint) : 'unknown reason';
  return new AuthorError(
    `The answer of ${url} broke off or could not be read (${reason}). Try again; if it goes on, see the log of the server at LLM_BASE_URL.`,
    'author_interrupted',
  );
}
