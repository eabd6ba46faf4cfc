import tracery from 'tracery-grammar';
import type { SeededRandom } from './random';

/** What each symbol may become; a phrase may name further symbols as `#symbol#`. */
export type Phrases = Readonly<Record<string, readonly string[] | string>>;

interface SeedableLibrary {
  setRng(rng: () => number): void;
}

/** `setRng` is documented by the library and missing from its types. */
function isSeedable(library: object): library is SeedableLibrary {
  return 'setRng' in library && typeof library.setRng === 'function';
}

function seedable(library: object): SeedableLibrary {
  if (!isSeedable(library)) {
    throw new TypeError('This version of tracery-grammar has no setRng: its texts could not be repeated.');
  }
  return library;
}

/**
 * Expands phrases with Tracery. The alternatives of a symbol are dealt like cards, so that none comes again
 * before all others have been used.
 */
export class Phrasebook {
  readonly #grammar;

  constructor(
    phrases: Phrases,
    private readonly random: SeededRandom,
  ) {
    this.#grammar = tracery.createGrammar(
      Object.fromEntries(
        Object.entries(phrases).map(([symbol, rules]) => [
          symbol,
          typeof rules === 'string' ? rules : [...rules],
        ]),
      ),
    );
    this.#grammar.addModifiers({ capitalize: (text) => text.charAt(0).toUpperCase() + text.slice(1) });
    Object.assign(this.#grammar, { distribution: 'shuffle' });
  }

  /** The phrase with every symbol replaced. */
  expand(phrase: string): string {
    // Tracery has one source of chance for all grammars: it is lent for this call only, which nothing can
    // interrupt.
    seedable(tracery).setRng(() => this.random.next());
    return this.#grammar.flatten(phrase);
  }
}
