import { DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { KeptToken } from './kept-token';
import { ownerOf } from './owner-of';

const KEY = 'creative-autogpt.drafts';
/** Most drafts. The oldest one makes room for the next. */
const MAX_DRAFTS = 20;
/** Longest draft that outlives the page, in characters: more than any form here takes. */
const MAX_LENGTH = 20_000;

/** Drafts as they are stored. */
interface StoredDrafts {
  /** Whose they are; null where nobody had signed in. */
  readonly owner: string | null;
  readonly drafts: readonly [string, string][];
}

/**
 * Texts that were typed and not sent, by their subject. A draft outlives its dialog or page, a sign-in and a
 * reload; it ends with the tab. A browser without storage keeps drafts until the page is reloaded.
 */
@Injectable({ providedIn: 'root' })
export class Drafts {
  readonly #view = inject(DOCUMENT).defaultView;
  readonly #token = inject(KeptToken);
  readonly #texts = signal<ReadonlyMap<string, string>>(this.#stored());

  /** Empty where nothing was typed. Called in a template or `computed`, it follows. */
  of(subject: string): string {
    return this.#texts().get(subject) ?? '';
  }

  /** An empty text is none. */
  keep(subject: string, text: string): void {
    const others = [...this.#texts()].filter(([other]) => other !== subject);
    this.#set(text === '' ? others : [...others, [subject, text] as const].slice(-MAX_DRAFTS));
  }

  /** Call it once the text was sent or given up. */
  drop(subject: string): void {
    this.keep(subject, '');
  }

  /** Forgets every draft: they are one person's. */
  forget(): void {
    this.#set([]);
  }

  #set(drafts: readonly (readonly [string, string])[]): void {
    this.#texts.set(new Map(drafts));
    try {
      const stored = drafts.filter(([, text]) => text.length <= MAX_LENGTH);
      this.#view?.sessionStorage.setItem(KEY, JSON.stringify({ owner: this.#owner(), drafts: stored }));
    } catch {
      // Private windows and full storage refuse to write: the drafts then end with the page.
    }
  }

  /** Null where nobody has signed in. */
  #owner(): string | null {
    const token = this.#token.value();
    return token === null ? null : ownerOf(token);
  }

  #stored(): ReadonlyMap<string, string> {
    try {
      const stored: unknown = JSON.parse(this.#view?.sessionStorage.getItem(KEY) ?? 'null');
      return new Map(areDrafts(stored) && this.#mayRead(stored.owner) ? stored.drafts : []);
    } catch {
      // Storage that is denied, or holds something else.
      return new Map();
    }
  }

  /**
   * Another person may have signed in meanwhile, in another tab. Drafts from before a sign-in belong to the
   * person who signs in.
   */
  #mayRead(owner: string | null): boolean {
    return owner === null || owner === this.#owner();
  }
}

/** By hand: this is part of the first view, which does without a library of schemas. */
function areDrafts(stored: unknown): stored is StoredDrafts {
  if (!(stored instanceof Object && 'owner' in stored && 'drafts' in stored)) {
    return false;
  }
  const { owner, drafts } = stored;
  return (
    (owner === null || typeof owner === 'string') &&
    Array.isArray(drafts) &&
    drafts.length <= MAX_DRAFTS &&
    drafts.every(isDraft)
  );
}

function isDraft(stored: unknown): boolean {
  if (!Array.isArray(stored)) {
    return false;
  }
  const parts: readonly unknown[] = stored;
  const [subject, text] = parts;
  return (
    parts.length === 2 && typeof subject === 'string' && typeof text === 'string' && text.length <= MAX_LENGTH
  );
}
