import { inject, type ProviderToken } from '@angular/core';

/** Everything that features provide under a `multi` token, which may be nothing. Call it in an injection context. */
export function injectAll<T>(token: ProviderToken<readonly T[]>): readonly T[] {
  return inject(token, { optional: true }) ?? [];
}
