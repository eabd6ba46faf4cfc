import { Injectable } from '@angular/core';
import type { Translation, TranslocoLoader } from '@jsverse/transloco';
import type { Dictionary } from './dictionary';
import { isLanguage, type Language } from './language';

const DICTIONARIES: Readonly<Record<Language, () => Promise<Dictionary>>> = {
  zh: () => import('./zh').then(({ zh }) => zh),
  en: () => import('./en').then(({ en }) => en),
};

/** Loads a dictionary as a chunk of its own, so that only the language in use is fetched. */
@Injectable({ providedIn: 'root' })
export class DictionaryLoader implements TranslocoLoader {
  async getTranslation(language: string): Promise<Translation> {
    if (!isLanguage(language)) {
      throw new Error(`There is no dictionary for "${language}".`);
    }
    return DICTIONARIES[language]();
  }
}
