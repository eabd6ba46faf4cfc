import { HttpErrorResponse } from '@angular/common/http';
import { RestError } from '@creative-autogpt/protocol';
import * as v from 'valibot';

/** `status` of a {@link RestFailure} when no answer came at all. */
export const UNREACHABLE = 0;

const HTTP_NOT_FOUND = 404;

/** Why a REST call came to nothing. */
export class RestFailure extends Error {
  override readonly name = 'RestFailure';

  constructor(
    /**
     * HTTP status of the answer; 0 when the server was not reached, 200 when its answer was not understood.
     */
    readonly status: number,
    /** What the server says about it, or what was wrong with its answer; in English, for developers. */
    readonly detail: string,
    /** What the server knows the reason by; null where it names none. */
    readonly code: string | null = null,
  ) {
    super(detail);
  }
}

/** Whether the server says that there is no such thing. */
export function isNotFound(failure: RestFailure): boolean {
  return failure.status === HTTP_NOT_FOUND;
}

/**
 * What an error of a REST call means.
 *
 * @param body the body of the answer, where it has been read from somewhere else than the error
 */
export function toRestFailure(error: unknown, body?: unknown): RestFailure {
  if (error instanceof RestFailure) {
    return error;
  }
  if (error instanceof HttpErrorResponse) {
    const answer = v.safeParse(RestError, body ?? error.error);
    return answer.success
      ? new RestFailure(error.status, answer.output.detail, answer.output.code)
      : new RestFailure(error.status, error.message);
  }
  return new RestFailure(UNREACHABLE, String(error));
}

/** Why a live read failed; null when it did not. */
export function failureOf(load: { readonly error: Error | null } | null): RestFailure | null {
  return load?.error ? toRestFailure(load.error) : null;
}
