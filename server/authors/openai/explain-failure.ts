import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { AuthorError } from '../author';
import { EndpointFailed, LONGEST_QUOTE, saidIn } from './answer/read-answer';
import { isAboutContext } from './chat-request';
import type { Endpoint } from '../../config/language-model';

/** Status of an answer that failed, also within its stream, where there is none. */
const FAILED = 500;

/** Words by which a quota that is used up is told from too many requests at a time. */
const QUOTA = /insufficient.?(quota|balance|credit)|exceeded your current quota|billing/iu;
const LOADING = /load/iu;

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
  if (isAboutContext(said)) {
    return new AuthorError(
      `The model “${model}” takes in less than the shortest prompt for this text. Choose another LLM_MODEL, or one with a larger context. ${url} said: ${said}`,
      'author_out_of_context',
    );
  }
  if (QUOTA.test(said) && status !== 401) {
    return unpaid(url, status, said);
  }
  switch (status) {
    case 401:
      return new AuthorError(`${url} refused the key (401). Check LLM_API_KEY.`, 'author_unauthorized');
    case 402:
      return unpaid(url, status, said);
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
    case 503:
      return LOADING.test(said)
        ? new AuthorError(`${url} is still loading the model “${model}”. It said: ${said}`, 'author_loading')
        : failed(url, said);
    case 429:
      return new AuthorError(
        `${url} refused further requests (429): too many, or the quota is used up. Wait, or raise the limit of LLM_API_KEY. It said: ${said}`,
        'author_limited',
      );
    default:
      return status >= FAILED
        ? failed(url, said)
        : new AuthorError(
            `${url} refused the request (${String(status)}). Check LLM_MODEL and its limits. It said: ${said}`,
            'author_refused',
          );
  }
}

function failed(url: string, said: string): AuthorError {
  return new AuthorError(`${url} failed while answering. Try again later. It said: ${said}`, 'author_failed');
}

function unpaid(url: string, status: number, said: string): AuthorError {
  return new AuthorError(
    `${url} wants to be paid first (${String(status)}). Check the account of LLM_API_KEY. It said: ${said}`,
    'author_unpaid',
  );
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
  if (error instanceof EndpointFailed) {
    return errorForStatus(FAILED, quoted(error.message, endpoint), endpoint);
  }
  const refusal = refusalOf(error);
  if (refusal !== undefined) {
    return errorForStatus(refusal.status, quoted(refusal.said, endpoint), endpoint);
  }
  const reason = error instanceof Error ? quoted(reasonOf(error), endpoint) : 'unknown reason';
  return new AuthorError(
    `The answer of ${url} broke off or could not be read (${reason}). Try again; if it goes on, see the log of the server at LLM_BASE_URL.`,
    'author_interrupted',
  );
}

/** The answer of an endpoint that does not take a request. */
export interface Refusal {
  readonly status: number;
  readonly said: string;
  readonly headers: Headers | undefined;
}

/** Undefined for an error that is not the endpoint's refusal. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof APIError) || error instanceof APIConnectionError) {
    return undefined;
  }
  const status: unknown = error.status;
  const headers: unknown = error.headers;
  const body: unknown = error.error;
  return {
    status: typeof status === 'number' ? status : FAILED,
    said: body === undefined ? error.message : saidIn(body),
    headers: headers instanceof Headers ? headers : undefined,
  };
}
