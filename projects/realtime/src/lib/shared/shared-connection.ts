import { inject, NgZone } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  BehaviorSubject,
  catchError,
  defer,
  distinctUntilChanged,
  EMPTY,
  filter,
  ignoreElements,
  map,
  merge,
  type Observable,
  of,
  startWith,
  Subject,
  switchMap,
  tap,
} from 'rxjs';
import { Connection } from '../connection/connection';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { hasEnded } from '../connection/connection-status';
import type { Handover } from '../connection/realtime-link';
import { SocketConnection } from '../connection/socket-connection';
import { PageEvents } from '../lifecycle/page-events';
import type { RealtimeMessage } from '../realtime-message';
import { FollowingTab } from './following-tab';
import { LeadingTab } from './leading-tab';
import { openTabChannel, SILENT_CHANNEL, type TabChannel } from './tab-channel';
import { holdLock, type TabPresence } from './tab-lock';
import { TabStream } from './tab-stream';

/** What the browser offers for tabs to find each other. */
export interface TabMeans {
  readonly locks: LockManager;
  readonly Channel: typeof BroadcastChannel;
  /** Name of the lock and of the channel for a tab that takes part now. */
  readonly name: () => string;
  /** Milliseconds after which a silent leader is overthrown. */
  readonly leaderTimeout: number;
}

/**
 * The connection that all tabs share: while it is wanted here, this tab waits for the lock, and leads when it
 * gets it; until then it follows the tab that has it.
 */
export class SharedConnection extends Connection {
  readonly #means: TabMeans;

  readonly #socket = inject(SocketConnection);
  readonly #leading = inject(LeadingTab);
  readonly #following = inject(FollowingTab);
  readonly #stream = inject(TabStream);
  readonly #state = inject(ConnectionStateStore);
  readonly #zone = inject(NgZone);
  readonly #presence = new Subject<boolean>();
  /** Whether this tab takes part: as leader, or waiting to become one. */
  protected active = false;
  #leads = false;

  readonly messages = this.#stream.messages;
  readonly maxAttempts = this.#socket.maxAttempts;

  constructor(means: TabMeans) {
    super();
    this.#means = means;
    const page = inject(PageEvents);
    const ends = merge(this.#socket.ends.pipe(filter(() => this.#leads)), this.#following.ends);
    merge(
      this.#presence.pipe(switchMap((present) => (present ? this.#takePart() : EMPTY))),
      ends.pipe(tap(() => this.end())),
      merge(page.hides, page.freezes).pipe(tap(() => this.suspend())),
      merge(page.returns, page.thaws).pipe(tap(() => this.restore())),
    )
      .pipe(takeUntilDestroyed())
      .subscribe();
  }

  protected begin(): void {
    if (!this.active) {
      this.active = true;
      this.#zone.runOutsideAngular(() => this.#presence.next(true));
    } else if (this.#leads) {
      this.#socket.connect();
    } else if (hasEnded(this.#state.state())) {
      this.#following.ask('connect');
    }
  }

  wake(): void {
    if (this.#leads) {
      this.#socket.wake();
    } else {
      this.#following.ask('wake');
    }
  }

  send(message: RealtimeMessage): Handover {
    return this.#leads ? this.#socket.send(message) : this.#following.send(message);
  }

  protected leave(): void {
    this.#leading.flush();
    this.#leads = false;
    this.active = false;
    this.#presence.next(false);
    this.#state.reset();
  }

  #takePart(): Observable<never> {
    const { locks, Channel, leaderTimeout } = this.#means;
    const name = this.#means.name();
    /** A claim to the lock; true takes it by force. */
    const claims = new BehaviorSubject(false);
    const claim = (steal: boolean): void => {
      this.#leads = false;
      claims.next(steal);
    };
    const hold = (steal: boolean): Observable<boolean> =>
      holdLock(locks, name, steal).pipe(
        tap({ complete: () => claim(false) }),
        map(() => true),
        startWith(false),
      );
    const presenceOf: TabPresence = (tab) => holdLock(locks, `${name} ${tab}`, false);
    const play = (channel: TabChannel, leads: boolean): Observable<unknown> => {
      this.#leads = leads;
      return leads
        ? this.#leading.lead(channel, this.#following.nextTerm(), presenceOf).pipe(tap(() => claim(false)))
        : this.#following.follow(channel, leaderTimeout, presenceOf).pipe(tap(() => claim(true)));
    };
    const share = (channel: TabChannel): Observable<unknown> =>
      claims.pipe(
        switchMap(hold),
        distinctUntilChanged(),
        switchMap((leads) => play(channel, leads)),
      );
    return openTabChannel(Channel, name).pipe(
      map((channel) => share(channel)),
      // The browser refuses the channel: it is as if it had none, and this tab has a socket of its own.
      catchError(() => of(defer(() => play(SILENT_CHANNEL, true)))),
      switchMap((part) => part),
      ignoreElements(),
    );
  }
}
