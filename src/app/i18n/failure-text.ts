import type { Translate } from './translate';

/** What a failed request has to say to a person: why it was refused, or that the server is out of reach or unwell. */
export function failureText(failure: { readonly status: number; readonly detail: string }, t: Translate): string {
  if (failure.status === 0) {
    return t('errors.offline');
  }
  return failure.status >= 500 ? t('errors.server') : failure.detail;
}
