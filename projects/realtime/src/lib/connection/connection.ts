import { inject } from '@angular/core';
import { distinctUntilChanged, filter, map, type Observable, type OperatorFunction, Subject } from 'rxjs';
import type { RealtimeMessage } from '../realtime-message';
import { ConnectionStateStore } from './connection-state-store';
import type { Handover } from './realtime-link';

/**
 * One connection to the server, wherever its socket is kept: what every part of the client builds on. Its
 * state is in the `ConnectionStateStore`, of which it is the one writer.
 */
export abstract class Connection {
  readonly #state = inject(ConnectionStateStore);
  readonly #endings = new Subject<void>();
  #endedByCaller = false;
  #wasAsked = false;
  #suspended = false;

  /** Every readable message. Never errors; completes with the injector. */
  abstract readonly messages: Observable<RealtimeMessage>;
  /** Reconnection attempts before it gives up. */
  abstract readonly maxAttempts: number;

  /**
   * Emits for every new link to the server as soon as messages can be sent on it, after `connect`; beginning
   * with the link that is open. A new link knows nothing of what was said on the one before. The server's
   * answer to `connect` follows in {@link messages}.
   */
  readonly ready: Observable<unknown> = this.#state.changes.pipe(
    map(({ status }) => status === 'connected'),
    distinctUntilChanged(),
    filter((connected) => connected),
  );

  /** Emits when the connection has ended until `connect()`: by `disconnect()`, or because it was given up. */
  readonly ends: Observable<void> = this.#endings.asObservable();

  /** Whether it takes part in anything that would have to be left. */
  protected abstract readonly active: boolean;

  connect(): void {
    this.#wasAsked = true;
    this.#endedByCaller = false;
    this.#suspended = false;
    this.#state.whole(() => this.begin());
  }

  /** Connects where nobody has called `connect()` or `disconnect()` yet. */
  connectUnlessAsked(): void {
    if (!this.#wasAsked) {
      this.connect();
    }
  }

  disconnect(): void {
    this.#wasAsked = true;
    this.#endedByCaller = true;
    this.#state.whole(() => {
      this.#state.tell(() => this.end());
      this.leave();
    });
  }

  /**
   * There is reason to believe that the server can be reached: tries at once whatever was given up or is
   * waiting.
   */
  abstract wake(): void;

  /** Closes the connection until `restore()`, without ending it. */
  suspend(): void {
    if (this.active) {
      this.#suspended = true;
      this.#state.whole(() => this.leave());
    }
  }

  restore(): void {
    if (this.#suspended && !this.#endedByCaller) {
      this.connect();
    }
  }

  /** Hands the message on; nothing is queued. What is refused has been reported. */
  abstract send(message: RealtimeMessage): Handover;

  protected abstract begin(): void;

  /** Closes what there is, and says so in the state. */
  protected abstract leave(): void;

  /**
   * Call it in the change that ends the connection, before the state: an observer of the state may connect
   * again, and the new connection has not ended.
   */
  protected end(): void {
    this.#endings.next();
  }
}

/**
 * Gives each value to `use`, and lets none pass. A stream of thousands of values a second pays for every
 * operator behind this one, so none should get values that nobody uses.
 */
export function consume<T>(use: (value: T) => void = () => undefined): OperatorFunction<T, never> {
  return filter((value): value is never => {
    use(value);
    return false;
  });
}
