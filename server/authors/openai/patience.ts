import type { WaitReason } from '@creative-autogpt/protocol';
import type { AuthorError } from '../author';

/** Longest time (ms) that an endpoint may ask for before it is asked again. */
const LONGEST_WAIT_MS = 3_600_000;

/** How an author waits for an endpoint that may be well again soon. */
export interface PatienceOptions {
  /** Time (ms) before the first repetition; each later one waits twice as long. @default 1000 */
  readonly firstWait?: number;
  /** Longest time (ms) between two repetitions, unless the endpoint asks for more. @default 30000 */
  readonly longestWait?: number;
  /** Time (ms) in all that is waited without a word of text. @default 300000 */
  readonly total?: number;
}

/** One time of waiting. */
export interface Wait {
  readonly reason: WaitReason;
  readonly ms: number;
}

/** What a failure is waited for as; failures that are not here do not pass by themselves. */
const REASONS: Readonly<Record<string, WaitReason>> = {
  author_limited: 'limited',
  author_loading: 'loading',
  author_failed: 'failing',
  author_timeout: 'silent',
  author_unreachable: 'unreachable',
  author_interrupted: 'failing',
  author_empty: 'failing',
};

/** Decides how long one text waits for its endpoint, which it keeps account of. */
export class Patience {
  readonly #total: number;
  readonly #firstWait: number;
  readonly #longestWait: number;
  #waited = 0;
  #times = 0;

  constructor({ firstWait = 1000, longestWait = 30_000, total = 300_000 }: PatienceOptions = {}) {
    this.#firstWait = firstWait;
    this.#longestWait = longestWait;
    this.#total = total;
  }

  /** There is new text: everything is well again. */
  restore(): void {
    this.#waited = 0;
    this.#times = 0;
  }

  /**
   * @param asked time (ms) that the endpoint asks for
   * @returns how long to wait before the next request; undefined where there is to be none
   */
  waitAfter({ code }: AuthorError, asked: number | undefined): Wait | undefined {
    const reason = REASONS[code];
    if (reason === undefined || (asked !== undefined && asked > LONGEST_WAIT_MS)) {
      return undefined;
    }
    const ms = asked ?? Math.min(this.#longestWait, this.#firstWait * 2 ** this.#times);
    // A time that the endpoint has named is waited in full, if it is the first.
    if (this.#waited + ms > this.#total && !(asked !== undefined && this.#times === 0)) {
      return undefined;
    }
    this.#times += 1;
    this.#waited += ms;
    return { reason, ms };
  }
}

/**
 * What `Retry-After` asks for (RFC 9110, 10.2.3), in ms; undefined where it is absent or no time. Also in its
 * common form in milliseconds.
 */
export function askedWait(headers: Headers | undefined): number | undefined {
  const inMs = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  const value = headers?.get('retry-after') ?? '';
  const seconds = Number.parseFloat(value);
  return [inMs, seconds * 1000, Date.parse(value) - Date.now()].find((ms) => ms >= 0);
}
