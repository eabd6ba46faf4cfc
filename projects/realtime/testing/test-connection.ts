import { untracked } from '@angular/core';
import {
  type EventDefinition,
  type OutgoingFrame,
  type RealtimeCodec,
  RealtimeError,
  type RealtimeMessage,
  type TransportFrame,
  type TransportRequest,
  type TransportSocket,
} from '@creative-autogpt/realtime';
import { type SchedulerLike, Subject, type Subscriber } from 'rxjs';
import { describeConnection } from './descriptions';
import { answerTo, isAutomatic, pongTo } from './handshake-answer';
import { isMessage, JSON_FORMAT, readSent, toReceived } from './wire-format';

/** How a connection is accepted. */
export interface AcceptOptions {
  /**
   * Fields of the `data` that answers `connect`, over those of a server that agrees to everything:
   * `client_id`, `capabilities`, and with `resume` also `epoch`, `offset` and `recovered`.
   */
  readonly connected?: Readonly<Record<string, unknown>>;
  /** Whether neither `connect` nor `ping` is answered. @default false */
  readonly silent?: boolean;
  /** The subprotocol the server agrees to. @default none */
  readonly protocol?: string;
  /** How frames are written, both ways. @default JSON */
  readonly codec?: RealtimeCodec;
}

/** The fields of an event's message, all but the event's name. */
export type MessageFields<Message> = {
  [Field in keyof Message as Field extends 'event' ? never : Field]: Message[Field];
};

/** What a connection tells the server it belongs to. */
export interface ConnectionObserver {
  sent(message: RealtimeMessage, connection: TestConnection): void;
}

/** One connection that the client opened, seen from the server. */
export class TestConnection {
  readonly #frames = new Subject<TransportFrame>();
  #options: AcceptOptions = {};
  #codec = JSON_FORMAT;
  /** What is to be answered once the connection is accepted; null at any other time. */
  #unanswered: RealtimeMessage[] | null = null;
  #current: 'opening' | 'open' | 'closed' = 'opening';
  #ender: 'client' | 'server' | null = null;

  constructor(
    /** What the client asked for. */
    readonly request: TransportRequest,
    private readonly client: Subscriber<TransportSocket>,
    private readonly observer: ConnectionObserver,
    private readonly scheduler: SchedulerLike,
  ) {
    client.add(() => this.#end('client'));
  }

  /** Whether it waits to be accepted, is open, or has ended. */
  get state(): 'opening' | 'open' | 'closed' {
    return this.#current;
  }

  /** Who ended it; null while nobody has. */
  get closedBy(): 'client' | 'server' | null {
    return this.#ender;
  }

  /**
   * Lets the connection open, and answers `connect` and, as time advances, each `ping`.
   *
   * ```ts
   * controller.expectConnection().accept();
   * controller.expectConnection().accept({ connected: { recovered: false, offset: 40 } });
   * ```
   *
   * @throws Error when it does not wait to be accepted.
   */
  accept(options: AcceptOptions = {}): this {
    this.#assertIs('opening');
    this.#options = options;
    this.#codec = options.codec ?? JSON_FORMAT;
    this.#current = 'open';
    const greetings: RealtimeMessage[] = [];
    this.#unanswered = greetings;
    untracked(() =>
      this.client.next({
        protocol: options.protocol ?? '',
        frames: this.#frames,
        send: (frame) => this.#receive(frame),
      }),
    );
    this.#unanswered = null;
    greetings.forEach((greeting) => this.#answer(greeting));
    return this;
  }

  /**
   * Lets it fail to open, as when the server is down.
   *
   * @throws Error when it does not wait to be accepted.
   */
  refuse(): void {
    this.#assertIs('opening');
    this.#closeWith(1006, '');
  }

  /** Sends the client a message. @throws Error when the connection is not open. */
  emit(message: RealtimeMessage): void;
  /**
   * Sends the client a message of an event, whose name is filled in. @throws Error when the connection is not
   * open.
   */
  emit<Message>(event: EventDefinition<Message>, fields: MessageFields<Message>): void;
  emit(subject: RealtimeMessage | EventDefinition<unknown>, fields?: object): void {
    const message = isMessage(subject) ? subject : { ...fields, event: subject.name };
    this.deliver(toReceived(this.#codec.encode(message)));
  }

  /** Sends the client one frame as it is. @throws Error when the connection is not open. */
  deliver(frame: TransportFrame): void {
    this.#assertIs('open');
    untracked(() => this.#frames.next(frame));
  }

  /** Loses the connection without a word, close code 1006. @throws Error when the connection is not open. */
  drop(): void {
    this.close(1006);
  }

  /** Closes the connection. @throws Error when it is not open. */
  close(code = 1000, reason = ''): void {
    this.#assertIs('open');
    this.#closeWith(code, reason);
  }

  #receive(frame: OutgoingFrame): boolean {
    if (this.#current !== 'open') {
      return false;
    }
    const message = readSent(this.#codec, frame);
    this.observer.sent(message, this);
    if (isAutomatic(message) && !this.#options.silent) {
      if (this.#unanswered) {
        this.#unanswered.push(message);
      } else {
        // Never in the middle of the call that sends.
        this.client.add(this.scheduler.schedule(() => this.#answer(message)));
      }
    }
    return true;
  }

  #answer(message: RealtimeMessage): void {
    if (this.#current === 'open') {
      const data = { ...answerTo(message), ...this.#options.connected };
      this.emit(message.event === 'ping' ? pongTo(message) : { event: 'connected', data });
    }
  }

  #closeWith(closeCode: number, reason: string): void {
    this.#end('server');
    const because = reason ? ` (${reason})` : '';
    const error = new RealtimeError(
      'connection-closed',
      `The connection was closed with code ${closeCode}${because}.`,
      { closeCode, reason },
    );
    untracked(() => this.client.error(error));
  }

  #end(by: 'client' | 'server'): void {
    if (this.#current !== 'closed') {
      this.#current = 'closed';
      this.#ender = by;
      this.#frames.complete();
    }
  }

  #assertIs(expected: 'opening' | 'open'): void {
    if (this.#current !== expected) {
      throw new Error(`The connection is not ${expected}: ${describeConnection(this)}.`);
    }
  }
}
