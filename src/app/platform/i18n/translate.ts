import { inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { TextKey } from './dictionary';

/** Values for the `{{…}}` of a text. */
export type TextParameters = Readonly<Record<string, string | number>>;

/** A text in the language in use. Called in a template, it is drawn again when the language changes. */
export type Translate = (key: TextKey, parameters?: TextParameters) => string;

/**
 * The texts for a component or service, with keys the compiler checks.
 *
 * @example protected readonly t = injectTranslate();   // template: {{ t('nav.label') }}
 */
export function injectTranslate(): Translate {
  const transloco = inject(TranslocoService);
  return (key, parameters) =>
    transloco.translate(
      key,
      parameters === undefined ? undefined : { ...parameters },
      transloco.activeLang(),
    );
}
