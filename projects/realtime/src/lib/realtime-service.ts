import { computed, inject, Injectable, untracked } from '@angular/core';
import { concatAll, distinctUntilChanged, map, type Observable } from 'rxjs';
import { Connection } from './connection/connection';
import { ConnectionStateStore } from './connection/connection-state-store';
import type { ConnectionState, ConnectionStatus } from './connection/connection-status';
import { ErrorReports } from './connection/error-reports';
import { Handshake } from './connection/handshake';
import type { EventDefinition } from './events/event-definition';
import { type BatchOptions, EventStreams } from './events/event-streams';
import { type EventHandler, HandlerRegistry } from './events/handler-registry';
import type { RealtimeError } from './realtime-error';
import type { RealtimeMessage } from './realtime-message';
import { CallerZone } from './zones/caller-zone';

/**
 * The realtime client: one connection, shared by everything that injects it.
 *
 * ```ts
 * private readonly realtime = inject(RealtimeService);
 * protected readonly updates = this.realtime.on(taskUpdate);   // for the async pipe
 * protected readonly status = this.realtime.status;
 * ```
 *
 * Provided by {@link provideRealtime}. On a server platform it stays disconnected and does nothing.
 */
@Injectable()
export class RealtimeService {
  readonly #connection = inject(Connection);
  readonly #streams = inject(EventStreams);
  readonly #handlers = inject(HandlerRegistry);
  readonly #stateStore = inject(ConnectionStateStore);
  readonly #callers = inject(CallerZone);

  /** Where the connection stands. */
  readonly status = computed(() => this.#stateStore.state().status);
  /** Which reconnection attempt is waiting or under way, from 1; 0 while there is none. */
  readonly attempt = computed(() => this.#stateStore.state().attempt);
  /** Why the connection was lost or given up; null while it is fine. */
  readonly lastError = computed(() => this.#stateStore.state().lastError);
  /** Id that the server gave this client, kept across reconnections; null until it has answered once. */
  readonly clientId = inject(Handshake).clientId;
  /** Reconnection attempts before the client gives up; 0 without `withRetry()`. */
  readonly maxAttempts = this.#connection.maxAttempts;

  /** {@link status}, beginning with the current one. */
  readonly statusChanges: Observable<ConnectionStatus> = this.#changesOf(({ status }) => status);
  /** {@link attempt}, beginning with the current one. */
  readonly attemptChanges: Observable<number> = this.#changesOf(({ attempt }) => attempt);
  /** {@link lastError}, beginning with the current one. */
  readonly lastErrorChanges: Observable<RealtimeError | null> = this.#changesOf(({ lastError }) => lastError);

  /** Every readable message of every event, before validation. */
  readonly messages = this.#callers.bring(this.#connection.messages, null);
  /** Everything that went wrong: lost connections, unreadable frames, invalid messages, failing handlers. */
  readonly errors = this.#callers.bring(inject(ErrorReports).errors);

  /** Messages that a newer one with the same key replaced while they waited for a frame. */
  readonly conflated = this.#streams.conflated;

  /**
   * Connects and stays connected. Harmless while connected or connecting; after status `error` it begins
   * anew.
   */
  connect(): void {
    this.#connection.connect();
  }

  /** Closes the connection with 1000 and keeps it closed until {@link connect} is called. */
  disconnect(): void {
    this.#connection.disconnect();
  }

  /** Sends one message now. @returns whether it was handed to an open socket; nothing is queued. */
  send(message: RealtimeMessage): boolean {
    return untracked(() => this.#connection.send(message) === 'sent');
  }

  /**
   * The messages of one event. Subscribing opens nothing and unsubscribing closes nothing: any number of
   * subscribers share the connection. Never errors; completes with the injector.
   *
   * With `options` the messages wait for the next animation frame and are then emitted together, so that a
   * burst costs one round of change detection; `conflate` keeps the newest of each key only.
   */
  on<Message>(event: EventDefinition<Message>, options?: BatchOptions<Message>): Observable<Message> {
    return options ? this.batched(event, options).pipe(concatAll()) : this.#streams.on(event);
  }

  /**
   * The messages of one event, all those of an animation frame as one list: for stores that write once a
   * frame.
   *
   * ```ts
   * realtime.batched(taskUpdate, { conflate: ({ data }) => data.task_id })
   * ```
   */
  batched<Message>(
    event: EventDefinition<Message>,
    options?: BatchOptions<Message>,
  ): Observable<readonly Message[]> {
    return this.#streams.batched(event, options);
  }

  /**
   * Calls `handler` with each message of an event until the returned function is called. A handler subscribed
   * twice is called once a message. What it throws, or its promise is rejected with, is reported on
   * {@link errors}.
   *
   * ```ts
   * const unsubscribe = realtime.subscribe('task.update', (message) => console.log(message));
   * ```
   */
  subscribe(event: string, handler: EventHandler): () => void;
  subscribe<Message>(event: EventDefinition<Message>, handler: EventHandler<Message>): () => void;
  subscribe<Message>(
    event: string | EventDefinition<Message>,
    handler: EventHandler & EventHandler<Message>,
  ): () => void {
    return typeof event === 'string'
      ? this.#handlers.subscribeNamed(event, handler)
      : this.#handlers.subscribe(event, handler);
  }

  #changesOf<T>(select: (state: ConnectionState) => T): Observable<T> {
    return this.#callers.bring(this.#stateStore.changes.pipe(map(select), distinctUntilChanged()));
  }
}
