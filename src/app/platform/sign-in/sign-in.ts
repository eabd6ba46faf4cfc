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
 * Who uses the application, where the server wants to know. It is asked for once the server refuses somebody,
 * be it by REST or on the socket: a server without sign-in never does.
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

  /** Whether the server serves nobody here until somebody signs in. */
  readonly needed = this.#wanted.asReadonly();
  /** Whether that is because the token in use has become worthless. */
  readonly expired = computed(() => this.#wanted() && this.#token.value() !== null);
  /** Whether there is somebody to sign out. */
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
   * Leads to the sign-in page, and back once somebody has signed in. @param token the one that the server
   * refused
   */
  refuse(token: string | null): void {
    if (token !== untracked(this.#token.value)) {
      // A late answer about the token before this one.
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

  /** Signs out in every tab; what this one knows of the person's work is forgotten. */
  signOut(): void {
    this.#token.signOut();
    this.#location.replaceState(SIGN_IN_PAGE);
    this.#forget();
  }

  #goOn(token: string, keep: () => void): void {
    const before = this.#token.value();
    if (before !== null && (ownerOf(token) === null || ownerOf(token) !== ownerOf(before))) {
      // The page belongs to the owner before. It may live on for a while, and must send nothing with the new
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

  /** Where the person was before the sign-in page; where they are, without it. */
  #origin(): string {
    const path = this.#location.path();
    if (!path.startsWith(SIGN_IN_PAGE)) {
      return path;
    }
    const from = this.#router.parseUrl(path).queryParamMap.get('from') ?? '';
    return /^\/(?!\/|sign-in)/.test(from) ? from : '/';
  }
}
