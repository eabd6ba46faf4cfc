import type { FailureCode, RestErrorCode } from '@creative-autogpt/protocol';
import { type RestFailure, UNREACHABLE } from '../rest/rest-failure';
import type { TextKey } from './dictionary';
import type { Translate } from './translate';

/** A failure for people: what they can do about it, and what the server said about it. */
export interface FailureWords {
  readonly text: string;
  /** In the server's own words; null where there is nothing to add. */
  readonly details: string | null;
}

const NOT_UNDERSTOOD = 200;

const TEXTS: Readonly<Record<RestErrorCode | FailureCode, TextKey>> = {
  invalid_json: 'errors.invalid',
  invalid_message: 'errors.invalid',
  unknown_event: 'errors.outdated',
  unknown_session: 'errors.unknownSession',
  unknown_task: 'errors.unknownTask',
  invalid_state: 'errors.invalidState',
  limit_reached: 'errors.limitReached',
  unauthenticated: 'errors.unauthenticated',
  unavailable: 'errors.unavailable',
  internal: 'errors.server',
  not_found: 'errors.notFound',
  forbidden: 'errors.forbidden',
  too_many_requests: 'errors.tooManyRequests',
  too_large: 'errors.tooLarge',
  unsupported_type: 'errors.outdated',
  upgrade_required: 'errors.outdated',
  author_unreachable: 'errors.authorUnreachable',
  author_timeout: 'errors.authorTimeout',
  author_unauthorized: 'errors.authorUnauthorized',
  author_unpaid: 'errors.authorUnpaid',
  author_forbidden: 'errors.authorForbidden',
  author_not_found: 'errors.authorNotFound',
  author_limited: 'errors.authorLimited',
  author_refused: 'errors.authorRefused',
  author_failed: 'errors.authorFailed',
  author_interrupted: 'errors.authorInterrupted',
  author_empty: 'errors.authorEmpty',
  author_loading: 'errors.authorLoading',
  author_cut_off: 'errors.authorCutOff',
  author_withheld: 'errors.authorWithheld',
  author_out_of_context: 'errors.authorOutOfContext',
  author_not_a_model: 'errors.authorNotAModel',
  author_too_long: 'errors.authorTooLong',
  server_ended: 'errors.serverEnded',
};
const TEXTS_BY_CODE: ReadonlyMap<string, TextKey> = new Map(Object.entries(TEXTS));

/** What older servers mean, which send no code. */
const CODES_OF_STATUS: ReadonlyMap<number, RestErrorCode> = new Map<number, RestErrorCode>([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [409, 'invalid_state'],
  [413, 'too_large'],
  [422, 'invalid_message'],
  [429, 'too_many_requests'],
  [503, 'unavailable'],
]);

/** What a code of the server means; undefined for one that is newer than this application. */
export function codeText(code: string | null | undefined, t: Translate): string | undefined {
  const key = TEXTS_BY_CODE.get(code ?? '');
  return key && t(key);
}

/** What a failed request has to say to a person. */
export function failureText({ code, status }: RestFailure, t: Translate): string {
  if (status === UNREACHABLE) {
    return t('errors.offline');
  }
  if (status === NOT_UNDERSTOOD) {
    return t('errors.notUnderstood');
  }
  return (
    codeText(code ?? CODES_OF_STATUS.get(status), t) ??
    t(status >= 400 && status < 500 ? 'errors.refused' : 'errors.server')
  );
}

/** The same, with what the server said about it. */
export function failureWords(failure: RestFailure, t: Translate): FailureWords {
  return { text: failureText(failure, t), details: failure.status === UNREACHABLE ? null : failure.detail };
}

/** Why a text could not be written; null where it does not say that anything has failed. */
export function writingFailure(
  { error, error_code: code }: { readonly error?: string | null; readonly error_code?: string | null },
  t: Translate,
): FailureWords | null {
  return error ? { text: codeText(code, t) ?? t('errors.writing'), details: error } : null;
}
