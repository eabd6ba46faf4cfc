import { inject, Injectable } from '@angular/core';
import type { EventDefinition, RealtimeMessage, TransportFrame } from '@creative-autogpt/realtime';
import { filter, map, startWith, take } from 'rxjs';
import { describeConnection, describeMatch, describeMessage, listOf } from './descriptions';
import { isAutomatic } from './handshake-answer';
import { PlayedServer } from './played-server';
import { isMatch, type SentMatch } from './sent-match';
import type { SentMessage } from './sent-message';
import type { MessageFields, TestConnection } from './test-connection';
import { FRAME } from './virtual-frames';
import { VirtualTime } from './virtual-time';

/** What `verify()` looks past. */
export interface VerifyOptions {
  /**
   * Whether connections that the client itself closed before they were expected do not count. @default false
   */
  readonly ignoreCancelled?: boolean;
}

/**
 * Plays the server, and time, for the realtime client of a test. Provided by `provideRealtimeTesting()`.
 *
 * ```ts
 * const controller = TestBed.inject(RealtimeTestingController);
 * TestBed.inject(RealtimeService).connect();
 * controller.expectConnection().accept();
 * controller.emit(taskUpdate, { data: { task_id: 't1', status: 'running' } });
 * controller.verify();
 * ```
 */
@Injectable()
export class RealtimeTestingController {
  readonly #server = inject(PlayedServer);
  readonly #time = inject(VirtualTime);

  /** What the client's clock shows, in milliseconds since the epoch. */
  get now(): number {
    return this.#time.now();
  }

  /**
   * The oldest connection that the client opened and nobody expected yet.
   *
   * @throws Error when there is none.
   */
  expectConnection(): TestConnection {
    const connection = this.#takeConnection();
    if (!connection) {
      const { connections } = this.#server;
      throw new Error(
        connections.length === 0
          ? 'Expected the client to open a connection: it opened none. Was connect() called, and is ' +
              'provideRealtimeTesting() given after provideRealtime()?'
          : `Expected the client to open another connection. Those before:${listOf(connections, describeConnection, '')}`,
      );
    }
    return connection;
  }

  /**
   * The next connection as soon as the client opens it: for a URL or a token that is awaited. Never rejects.
   */
  nextConnection(): Promise<TestConnection> {
    return this.#whenFound(() => this.#takeConnection());
  }

  /** Sends the client a message. @throws Error when no connection is open. */
  emit(message: RealtimeMessage): void;
  /**
   * Sends the client a message of an event, whose name is filled in. @throws Error when no connection is
   * open.
   */
  emit<Message>(event: EventDefinition<Message>, fields: MessageFields<Message>): void;
  emit(...message: [RealtimeMessage] | [EventDefinition<unknown>, object]): void {
    const connection = this.#openConnection();
    if (message.length === 1) {
      connection.emit(message[0]);
    } else {
      connection.emit(message[0], message[1]);
    }
  }

  /** Sends the client one frame as it is. @throws Error when no connection is open. */
  deliver(frame: TransportFrame): void {
    this.#openConnection().deliver(frame);
  }

  /**
   * The oldest message that the client sent and nobody expected yet, of those that match.
   *
   * @throws Error when there is none.
   */
  expectSent(match: SentMatch): SentMessage {
    const message = this.#takeSent(match);
    if (!message) {
      throw new Error(
        `Expected the client to send ${describeMatch(match)}. Unexpected so far:${this.#listOfSent(this.#server.messages)}`,
      );
    }
    return message;
  }

  /**
   * Takes every message that the client sent and nobody expected yet, or every one that matches, oldest
   * first; none is an answer too. `connect` and `ping` are left alone unless they are named.
   */
  matchSent(match?: SentMatch): readonly SentMessage[] {
    const found = this.#unexpectedMessages(match);
    this.#server.forget(found);
    return found;
  }

  /**
   * The next message that matches, as soon as the client sends it: for one that is sent in a later turn.
   * Rejects only with what a match function throws.
   */
  nextSent(match: SentMatch): Promise<SentMessage> {
    return this.#whenFound(() => this.#takeSent(match));
  }

  /**
   * Checks that no message waits to be expected, or none that matches. `connect` and `ping` count when they
   * are named.
   *
   * @throws Error when there is one.
   */
  expectNoneSent(match?: SentMatch): void {
    const found = this.#unexpectedMessages(match);
    if (found.length > 0) {
      const what = match ? describeMatch(match) : 'nothing';
      throw new Error(`Expected the client ${match ? 'not ' : ''}to send ${what}:${this.#listOfSent(found)}`);
    }
  }

  /** Loses the open connection without a word, close code 1006. @throws Error when no connection is open. */
  drop(): void {
    this.#openConnection().drop();
  }

  /** Closes the open connection. @throws Error when none is open. */
  close(code?: number, reason?: string): void {
    this.#openConnection().close(code, reason);
  }

  /**
   * Lets time pass for everything inside the client: attempts to reconnect, pings, time-outs, frames.
   *
   * @throws RangeError when `milliseconds` is negative or not finite.
   */
  advance(milliseconds: number): void {
    this.#time.advance(milliseconds);
  }

  /** Lets the time of one animation frame pass (16 ms), so that messages that wait for it are there. */
  nextFrame(): void {
    this.advance(FRAME);
  }

  /**
   * Checks that every connection and every message was expected. `connect` and `ping` need not be.
   *
   * @throws Error listing those that were not.
   */
  verify({ ignoreCancelled = false }: VerifyOptions = {}): void {
    const connections = [...this.#server.unexpected].filter(
      ({ closedBy }) => !(ignoreCancelled && closedBy === 'client'),
    );
    const messages = this.#unexpectedMessages();
    if (connections.length + messages.length > 0) {
      throw new Error(
        `Unexpected connections:${listOf(connections, describeConnection, ' none')}\n` +
          `Unexpected messages:${this.#listOfSent(messages)}`,
      );
    }
  }

  #openConnection(): TestConnection {
    const { connections } = this.#server;
    const open = connections.filter(({ state }) => state === 'open').at(-1);
    if (!open) {
      throw new Error(`No connection is open:${listOf(connections, describeConnection, ' there was none.')}`);
    }
    return open;
  }

  #takeConnection(): TestConnection | undefined {
    const [connection] = this.#server.unexpected;
    if (connection) {
      this.#server.unexpected.delete(connection);
    }
    return connection;
  }

  #takeSent(match: SentMatch): SentMessage | undefined {
    const [message] = this.#unexpectedMessages(match);
    if (message) {
      this.#server.forget([message]);
    }
    return message;
  }

  #unexpectedMessages(match?: SentMatch): readonly SentMessage[] {
    return this.#server.messages.filter(({ message }) =>
      match ? isMatch(match, message) : !isAutomatic(message),
    );
  }

  #listOfSent(messages: readonly SentMessage[]): string {
    return listOf(messages, ({ message }) => describeMessage(message), ' none');
  }

  /** What `find` finds, as soon as it does. */
  #whenFound<T>(find: () => T | undefined): Promise<T> {
    const found = this.#server.changes.pipe(
      startWith(undefined),
      map(find),
      filter((each) => each !== undefined),
      take(1),
    );
    return new Promise((resolve, reject) => {
      found.subscribe({ next: resolve, error: reject });
    });
  }
}
