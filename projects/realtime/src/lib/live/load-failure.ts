import { fieldOf, isWholeNumber } from '../realtime-message';

/** Why a load came to nothing, and what can be hoped of the next one. */
export interface LoadFailure {
  readonly error: Error;
  /**
   * `missing` when the server says that there is no such thing; `final` when it refused, which the same
   * request will not change; else `passing`.
   */
  readonly kind: 'missing' | 'final' | 'passing';
}

const MISSING = [404, 410];
/** Refusals for the moment: too slow, too early, too often. */
const PASSING = [408, 425, 429];

/** @param cause what a load failed with. Its `status`, if it has one, is read as that of an HTTP answer. */
export function failureOf(cause: unknown): LoadFailure {
  const status = fieldOf(cause, 'status');
  return { error: toError(cause), kind: isWholeNumber(status) ? kindOf(status) : 'passing' };
}

function kindOf(status: number): LoadFailure['kind'] {
  if (MISSING.includes(status)) {
    return 'missing';
  }
  return status >= 400 && status < 500 && !PASSING.includes(status) ? 'final' : 'passing';
}

function toError(cause: unknown): Error {
  if (cause instanceof Error) {
    return cause;
  }
  // Such as Angular's `HttpErrorResponse`, which is none.
  const message = fieldOf(cause, 'message');
  return new Error(typeof message === 'string' ? message : String(cause), { cause });
}
