import { Location } from '@angular/common';
import { computed, DOCUMENT, inject, Injectable, InjectionToken, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { type RealtimeError, RealtimeService } from '@creative-autogpt/realtime';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { filter, pipe, tap } from 'rxjs';
import { Drafts } from './drafts';
import { KeptToken } from './kept-token';
import { ownerOf } from './owner-of';

const SIGN_IN_PAGE = '/sign-in';

/** Loads the page anew, and with it forgets everything the application knows. */
export const RELOAD = new InjectionToken<() => void>('reload', {
  providedIn: 'root',
  factory: () => {
    const { location } = inject(DOCUMENT);
    return () => {
      location.reload();
    };
  },
});

/**
 * The sign-in of the person. The application asks for it once the server refuses a call or a connection
 * without a valid token; a server without sign-in refuses none.
 */
@Injectable({ providedIn: 'root' })
export class SignIn {
  readonly #token = inject(KeptToken);
  readonly #realtime = inject(RealtimeService);
  readonly #router = inject(Router);
  readonly #location = inject(Location);
  readonly #drafts = inject(Drafts);
  readonly #reload = inject(RELOAD);
  readonly #wanted = signal(false);

  /** Whether the server waits for a sign-in. */
  readonly needed = this.#wanted.asReadonly();
  /** Whether it waits because the token in use has expired. */
  readonly expired = computed(() => this.#wanted() && this.#token.value() !== null);
  /** Whether a person is signed in. */
  readonly signedIn = computed(() => this.#token.value() !== null);

  constructor() {
    const followSocket = rxMethod<RealtimeError | null>(
      pipe(
        filter((error) => error?.code === 'unauthenticated'),
        tap(() => this.refuse(this.#token.value())),
      ),
    );
    followSocket(this.#realtime.lastErrorChanges);
    const followTabs = rxMethod<string | null>(
      tap((token) => {
        if (token !== null) {
          this.#goOn(token, () => this.#token.follow(token));
        } else if (this.signedIn()) {
          this.#token.drop();
          this.#forget();
        }
      }),
    );
    followTabs(this.#token.elsewhere);
  }

  /**
   * Leads to the sign-in page, and back after the sign-in.
   *
   * @param token the token that the server refused
   */
  refuse(token: string | null): void {
    if (token !== untracked(this.#token.value)) {
      // A late answer about an earlier token.
      return;
    }
    this.#wanted.set(true);
    this.#realtime.disconnect();
    const from = this.#location.path();
    if (!from.startsWith(SIGN_IN_PAGE)) {
      void this.#router.navigate([SIGN_IN_PAGE], { queryParams: { from }, replaceUrl: true });
    }
  }

  /** Goes on where the person was, with a token that the server accepts. */
  accept(token: string, beyondTab: boolean): void {
    this.#goOn(token, () => this.#token.keep(token, beyondTab));
  }

  /** Leaves the sign-in page. */
  leave(): void {
    if (this.#location.path().startsWith(SIGN_IN_PAGE)) {
      void this.#router.navigateByUrl(this.#origin(), { replaceUrl: true });
    }
  }

  /** Signs out in every tab, and forgets the person's work in this one. */
  signOut(): void {
    this.#token.signOut();
    this.#location.replaceState(SIGN_IN_PAGE);
    this.#forget();
  }

  #goOn(token: string, keep: () => void): void {
    const before = this.#token.value();
    if (before !== null && (ownerOf(token) === null || ownerOf(token) !== ownerOf(before))) {
      // Until the reload the page holds the work of the earlier owner, and must send nothing with the new
      // token.
      this.#realtime.disconnect();
      keep();
      this.#location.replaceState(this.#origin());
      this.#forget();
      return;
    }
    keep();
    this.#wanted.set(false);
    this.#realtime.connect();
    this.leave();
  }

  #forget(): void {
    this.#drafts.forget();
    this.#reload();
  }

  /** The address before the sign-in page; on any other page, its own address. */
  #origin(): string {
    const path = this.#location.path();
    if (!path.startsWith(SIGN_IN_PAGE)) {
      return path;
    }
    const from = this.#router.parseUrl(path).queryParamMap.get('from') ?? '';
    return /^\/(?!\/|sign-in)/.test(from) ? from : '/';
  }
}
