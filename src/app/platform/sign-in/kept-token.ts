import { computed, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import type { TokenReason } from '@creative-autogpt/realtime';
import { EMPTY, filter, fromEvent, map, type Observable } from 'rxjs';
import { ownerOf } from './owner-of';

const TOKEN = 'creative-autogpt.token';
/** Written at a sign-out, so that every tab hears of it, also tabs with a token of their own. */
const SIGNED_OUT = 'creative-autogpt.signed-out';

/** The socket's token while nobody has signed in. A server without sign-in ignores it. */
const NO_TOKEN = 'none';

/**
 * The token that says who uses the application: in `localStorage` for a person who stays signed in, else in
 * `sessionStorage`, which ends with the tab. A browser that keeps neither keeps it until the page is
 * reloaded.
 */
@Injectable({ providedIn: 'root' })
export class KeptToken {
  readonly #view = inject(DOCUMENT).defaultView;
  readonly #current = signal(this.#stored());
  #given: string | null = null;

  /** Null while nobody has signed in. */
  readonly value = this.#current.asReadonly();

  /** The owner that the token names, else the token itself; null while nobody has signed in. */
  readonly owner = computed(() => {
    const token = this.value();
    return token === null ? null : (ownerOf(token) ?? token);
  });

  /** What other tabs do: the token of one that has signed in, null from one that has signed out. */
  readonly elsewhere: Observable<string | null> =
    this.#view === null
      ? EMPTY
      : fromEvent<StorageEvent>(this.#view, 'storage').pipe(
          filter(({ key, newValue }) =>
            key === TOKEN
              ? newValue !== null && !this.#isOfThisTab()
              : // Null where everything was cleared.
                key === SIGNED_OUT || key === null,
          ),
          map(({ key, newValue }) => (key === TOKEN ? newValue : null)),
        );

  /** @param beyondTab whether the person stays signed in when the tab is closed */
  keep(token: string, beyondTab: boolean): void {
    this.#erase();
    this.#attempt((view) => (beyondTab ? view.localStorage : view.sessionStorage).setItem(TOKEN, token));
    this.#current.set(token);
  }

  /** Takes over what another tab keeps. */
  follow(token: string): void {
    this.#current.set(token);
  }

  /** Forgets the token in this tab. */
  drop(): void {
    this.#erase();
    this.#current.set(null);
  }

  /** Forgets the token in every tab. */
  signOut(): void {
    this.drop();
    this.#attempt((view) => view.localStorage.setItem(SIGNED_OUT, new Date().toISOString()));
  }

  /**
   * The token for the socket. A token that is about to expire stays: only the person has a newer one.
   *
   * @throws Error when a newer token is asked for, and there is none
   */
  forSocket(reason: TokenReason): string {
    const token = this.#current() ?? NO_TOKEN;
    if (reason === 'expiring' && token === this.#given) {
      throw new Error('There is no newer token until the person signs in again.');
    }
    this.#given = token;
    return token;
  }

  #stored(): string | null {
    return (
      this.#attempt((view) => view.sessionStorage.getItem(TOKEN)) ??
      this.#attempt((view) => view.localStorage.getItem(TOKEN)) ??
      null
    );
  }

  #isOfThisTab(): boolean {
    return this.#attempt((view) => view.sessionStorage.getItem(TOKEN) !== null) ?? false;
  }

  #erase(): void {
    this.#attempt((view) => view.localStorage.removeItem(TOKEN));
    this.#attempt((view) => view.sessionStorage.removeItem(TOKEN));
  }

  /**
   * Uses storage, which a browser may deny or have full: the token then ends with the page. Each call uses
   * one storage, since a browser may deny one and offer the other.
   */
  #attempt<T>(use: (view: Window) => T): T | undefined {
    try {
      return this.#view === null ? undefined : use(this.#view);
    } catch {
      return undefined;
    }
  }
}
