import {
  type EnvironmentProviders,
  inject,
  isDevMode,
  makeEnvironmentProviders,
  provideAppInitializer,
} from '@angular/core';
import { provideTransloco } from '@jsverse/transloco';
import { DictionaryLoader } from './dictionary-loader';
import { LANGUAGES } from './language';
import { Languages } from './languages';

/** The texts of the application in the person's language, loaded before anything is drawn. */
export function provideI18n(): EnvironmentProviders {
  return makeEnvironmentProviders([
    provideTransloco({
      config: {
        availableLangs: [...LANGUAGES],
        defaultLang: 'en',
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
      },
      loader: DictionaryLoader,
    }),
    provideAppInitializer(() => inject(Languages).begin()),
  ]);
}
