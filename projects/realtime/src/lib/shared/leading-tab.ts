import { inject, Injectable } from '@angular/core';
import { defer, EMPTY, filter, finalize, ignoreElements, map, merge, type Observable, take, tap } from 'rxjs';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { SocketConnection } from '../connection/socket-connection';
import { TAB_TOPICS } from '../subscriptions/tab-topics';
import { Leadership } from './leadership';
import { serveTopics } from './serve-topics';
import type { TabChannel } from './tab-channel';
import type { TabPresence } from './tab-lock';
import type { TabMessage } from './tab-message';
import { TabStream } from './tab-stream';

/** Keeps the socket, tells the other tabs what happens on it, and does what they ask for. */
@Injectable()
export class LeadingTab {
  readonly #socket = inject(SocketConnection);
  readonly #state = inject(ConnectionStateStore);
  readonly #stream = inject(TabStream);
  readonly #topics = inject(TAB_TOPICS, { optional: true });
  #leadership: Leadership | null = null;

  /**
   * Leads while subscribed.
   *
   * @param term number of this leadership, higher than that of any before
   * @returns emits when another tab has begun to lead, although the lock is not known to be lost yet
   */
  lead(channel: TabChannel, term: number, presenceOf: TabPresence): Observable<void> {
    return defer(() => {
      const leadership = new Leadership(channel, this.#stream, term);
      this.#leadership = leadership;
      const tell = merge(
        this.#state.changes.pipe(tap((state) => leadership.state(state))),
        this.#stream.settled.pipe(tap((turn) => leadership.settled(turn))),
        this.#socket.messages.pipe(tap((message) => leadership.message(message))),
        this.#topics?.refusals.pipe(tap((refusal) => leadership.refused(refusal))) ?? EMPTY,
        this.#topics ? serveTopics(this.#topics, channel.messages, presenceOf) : EMPTY,
      ).pipe(ignoreElements());
      const serve = channel.messages.pipe(
        tap((message) => this.#serve(leadership, message)),
        filter((message) => message.kind === 'lead' && message.term > term),
        map(() => undefined),
        take(1),
      );
      const begin = defer(() => {
        leadership.announce();
        this.#socket.connect();
        return EMPTY;
      });
      return merge(tell, serve, begin).pipe(
        finalize(() => {
          this.#leadership = null;
          this.#socket.disconnect();
          this.#topics?.forgetAll();
        }),
      );
    });
  }

  /**
   * Tells the other tabs at once what they are told at the end of the turn: there may be nobody then to do
   * so.
   */
  flush(): void {
    this.#leadership?.flush();
  }

  #serve(leadership: Leadership, message: TabMessage): void {
    switch (message.kind) {
      case 'hello':
        if (this.#state.state().status !== 'connected') {
          this.#stream.beginAt(message.position);
        }
        this.#socket.connect();
        leadership.welcome(message.from, message.position, this.#state.state());
        break;
      case 'send':
        if (message.to === leadership.term) {
          this.#socket.send(message.message);
        }
        break;
      case 'connect':
        this.#socket.connect();
        break;
      case 'wake':
        this.#socket.wake();
        break;
      case 'ask':
        leadership.announce();
        break;
      case 'topic':
      case 'lead':
      case 'welcome':
      case 'news':
        break;
    }
  }
}
