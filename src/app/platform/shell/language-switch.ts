import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { LANGUAGE_NAMES, LANGUAGE_TAGS } from '../i18n/language';
import { Languages } from '../i18n/languages';

/** Switches the interface to the other language, whose own name it bears. */
@Component({
  selector: 'app-language-switch',
  template: `<button type="button" [attr.lang]="tag()" (click)="change()">{{ name() }}</button>`,
  styles: `
    button {
      min-width: 4rem;
      height: 2.25rem;
      padding: 0 10px;
      border: 1px solid var(--app-line);
      border-radius: 999px;
      background: none;
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.8125rem;
      cursor: pointer;
    }

    button:hover {
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class LanguageSwitch {
  readonly #languages = inject(Languages);
  readonly #other = computed(() => (this.#languages.current() === 'zh' ? 'en' : 'zh'));

  protected readonly name = computed(() => LANGUAGE_NAMES[this.#other()]);
  protected readonly tag = computed(() => LANGUAGE_TAGS[this.#other()]);

  protected change(): void {
    void this.#languages.use(this.#other());
  }
}
