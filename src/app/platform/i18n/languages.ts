import { computed, DOCUMENT, inject, Injectable, type Signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { lastValueFrom } from 'rxjs';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import { injectStoredChoice } from '../stored-choice';
import { isLanguage, LANGUAGE_TAGS, type Language, preferredLanguage } from './language';

/** The language of the interface: which one it is, and switching to another at run time. */
@Injectable({ providedIn: 'root' })
export class Languages {
  readonly #transloco = inject(TranslocoService);
  readonly #document = inject(DOCUMENT);
  readonly #locale = inject(RUNTIME_CONFIG).locale;
  readonly #choice = injectStoredChoice('language', isLanguage);

  /** The language in use; changes only once its dictionary is there. */
  readonly current: Signal<Language> = computed(() => {
    const active = this.#transloco.activeLang();
    return isLanguage(active) ? active : 'en';
  });

  /** Loads the first dictionary; nothing is drawn before. */
  async begin(): Promise<void> {
    await this.#show(
      preferredLanguage(
        this.#choice.read(),
        this.#locale,
        this.#document.defaultView?.navigator.languages ?? [],
      ),
    );
  }

  /** Switches to a language and remembers it for the next visit. */
  async use(language: Language): Promise<void> {
    await this.#show(language);
    this.#choice.write(language);
  }

  async #show(language: Language): Promise<void> {
    await lastValueFrom(this.#transloco.load(language), { defaultValue: null });
    this.#transloco.setActiveLang(language);
    this.#document.documentElement.lang = LANGUAGE_TAGS[language];
  }
}
