import { DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { injectStoredChoice } from '../stored-choice';

/** What a person may choose: one of the two schemes, or the one their system has at the moment. */
export const SCHEME_CHOICES = ['system', 'light', 'dark'] as const;
export type SchemeChoice = (typeof SCHEME_CHOICES)[number];

function isSchemeChoice(value: unknown): value is SchemeChoice {
  return SCHEME_CHOICES.some((choice) => choice === value);
}

/** Light or dark: follows the system until the person chooses, and remembers what they chose. */
@Injectable({ providedIn: 'root' })
export class ColorScheme {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #stored = injectStoredChoice('color-scheme', isSchemeChoice);
  readonly #chosen = signal<SchemeChoice>(this.#stored.read() ?? 'system');

  readonly choice = this.#chosen.asReadonly();

  constructor() {
    this.#apply(this.#chosen());
  }

  /** Changes the scheme at once. */
  choose(choice: SchemeChoice): void {
    this.#chosen.set(choice);
    this.#stored.write(choice);
    this.#apply(choice);
  }

  #apply(choice: SchemeChoice): void {
    this.#root.style.colorScheme = choice === 'system' ? 'light dark' : choice;
  }
}
