import { type RestFailure, UNREACHABLE } from '../rest/rest-failure';
import type { Translate } from './translate';

/** What a failed request has to say to a person: why it was refused, or that the server is out of reach or unwell. */
export function failureText(failure: RestFailure, t: Translate): string {
  if (failure.status === UNREACHABLE) {
    return t('errors.offline');
  }
  return failure.status >= 400 && failure.status < 500 ? failure.detail : t('errors.server');
}
