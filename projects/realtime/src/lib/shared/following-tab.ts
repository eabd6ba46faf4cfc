import { inject, Injectable } from '@angular/core';
import {
  defer,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  merge,
  type Observable,
  of,
  Subject,
  tap,
} from 'rxjs';
import { plainMessage } from '../codec/plain-message';
import { consume } from '../connection/connection';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { type ConnectionState, hasEnded } from '../connection/connection-status';
import { ErrorReports } from '../connection/error-reports';
import { Handshake } from '../connection/handshake';
import type { Handover } from '../connection/realtime-link';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { TAB_TOPICS } from '../subscriptions/tab-topics';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CallerZone } from '../zones/caller-zone';
import { watchLeader } from './leader-watch';
import type { TabChannel } from './tab-channel';
import type { TabPresence } from './tab-lock';
import { fromTabError, fromTabState, type TabMessage, type TabNews, type Welcome } from './tab-message';
import { TabStream } from './tab-stream';

const CONNECTING: ConnectionState = { status: 'connecting', attempt: 0, lastError: null };

/** Follows the tab that keeps the socket: takes over its state and messages, and sends through it. */
@Injectable()
export class FollowingTab {
  readonly #state = inject(ConnectionStateStore);
  readonly #stream = inject(TabStream);
  readonly #handshake = inject(Handshake);
  readonly #reports = inject(ErrorReports);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #callers = inject(CallerZone);
  readonly #topics = inject(TAB_TOPICS, { optional: true });
  readonly #endings = new Subject<void>();
  /** Another one for each time of following, as the lock that goes with it. */
  #id = '';
  /** Whether others can tell that this tab is there. */
  #isPresent = false;
  #channel: TabChannel | null = null;
  /** Number of the news that comes next; null while out of step with the leader. */
  #next: number | null = null;
  #highestTerm = 0;

  /** Emits when the leader has given the connection up. */
  readonly ends = this.#endings.asObservable();

  /** A term later than any this tab has heard of or led. */
  nextTerm(): number {
    this.#highestTerm = Math.max(clockTime(this.#scheduler), this.#highestTerm + 1);
    return this.#highestTerm;
  }

  /**
   * Follows while subscribed.
   *
   * @param timeout milliseconds after which a silent leader counts as gone
   * @param presenceOf by which the leader knows how long this tab keeps its topics
   * @returns emits when the leader is gone
   */
  follow(channel: TabChannel, timeout: number, presenceOf: TabPresence): Observable<void> {
    return defer(() => {
      this.#id = crypto.randomUUID();
      const heard = new Subject<void>();
      const listen = channel.messages.pipe(
        filter((message) => this.#hear(message)),
        tap(() => heard.next()),
        ignoreElements(),
      );
      const begin = defer(() => {
        this.#channel = channel;
        return this.#topics ? presenceOf(this.#id) : of(undefined);
      }).pipe(
        consume(() => {
          this.#isPresent = true;
          this.#fallIn();
        }),
      );
      const tellTopics = (this.#topics?.ownChanges ?? EMPTY).pipe(
        consume((change) => channel.post({ kind: 'topic', from: this.#id, ...change })),
      );
      return merge(
        listen,
        begin,
        tellTopics,
        watchLeader(heard, () => channel.post({ kind: 'ask' }), timeout, this.#scheduler),
      ).pipe(
        finalize(() => {
          this.#channel = null;
          this.#isPresent = false;
        }),
      );
    });
  }

  /** Hands the message to the leader, if that is connected as far as is known here. */
  send(message: RealtimeMessage): Handover {
    if (!this.#channel || this.#state.state().status !== 'connected') {
      return 'closed';
    }
    try {
      this.#channel.post({ kind: 'send', to: this.#highestTerm, message: plainMessage(message) });
      return 'sent';
    } catch (cause) {
      this.#reports.report(
        new RealtimeError(
          'unserializable-message',
          ngDevMode &&
            `The "${message.event}" message cannot be handed to another tab: remove circular references.`,
          { event: message.event, cause },
        ),
      );
      return 'refused';
    }
  }

  /** Asks the leader for something it does without an answer. */
  ask(kind: 'connect' | 'wake'): void {
    this.#channel?.post({ kind });
  }

  /** @returns whether the message is a sign of life of the leader */
  #hear(message: TabMessage): boolean {
    if (!('term' in message) || message.term < this.#highestTerm) {
      return false;
    }
    const isNewTerm = message.term > this.#highestTerm;
    this.#highestTerm = message.term;
    if (message.kind === 'welcome') {
      if (message.to === this.#id && (isNewTerm || this.#next === null)) {
        this.#enter(message);
      }
    } else if (isNewTerm) {
      this.#fallIn();
    } else if (message.kind === 'news' && this.#next !== null) {
      this.#takeNews(message.first, message.news);
    }
    return true;
  }

  /** Asks the leader, if there is one, for what is needed to follow it. */
  #fallIn(): void {
    this.#next = null;
    this.#state.set(CONNECTING);
    if (this.#isPresent) {
      const topics = this.#topics?.own ?? [];
      this.#channel?.post({ kind: 'hello', from: this.#id, position: this.#stream.position, topics });
    }
  }

  #enter({ next, news }: Welcome): void {
    this.#next = next;
    this.#take(news);
  }

  #takeNews(first: number, news: readonly TabNews[]): void {
    if (first !== this.#next) {
      this.#fallIn();
      return;
    }
    this.#next += news.length;
    this.#take(news);
  }

  /** What a subscriber does may end or renew the following, and with it the news. */
  #take(news: readonly TabNews[]): void {
    const messages = news.map((each) => ('message' in each ? each.message : null));
    this.#callers.together(messages, () => this.#takeEach(news));
  }

  #takeEach(news: readonly TabNews[]): void {
    const channel = this.#channel;
    for (const each of news) {
      if (this.#channel !== channel || this.#next === null) {
        return;
      }
      if ('state' in each) {
        this.#takeState(fromTabState(each.state));
      } else if ('turn' in each) {
        this.#stream.goOn(each.turn);
      } else if ('uncopied' in each) {
        this.#miss(each.uncopied);
      } else if ('refused' in each) {
        this.#topics?.refuse({ topic: each.refused, error: fromTabError(each.error) });
      } else {
        if (each.message.event === 'connected') {
          this.#handshake.learn(each.message);
        }
        this.#stream.accept(each.message);
      }
    }
  }

  #miss(message: RealtimeMessage): void {
    if (this.#stream.skip(message)) {
      const { event } = message;
      this.#reports.report(
        new RealtimeError(
          'unserializable-message',
          ngDevMode &&
            `A "${event}" message did not reach this tab: its codec puts into it what browsers cannot copy from tab ` +
              'to tab, such as functions. Make such values in the schema of the event, which runs in every tab.',
          { event },
        ),
      );
    }
  }

  #takeState(state: ConnectionState): void {
    this.#state.whole(() => {
      if (hasEnded(state)) {
        this.#state.tell(() => this.#endings.next());
      }
      this.#state.set(state);
    });
  }
}
