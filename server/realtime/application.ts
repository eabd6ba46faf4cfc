import type { Observable } from 'rxjs';
import type * as v from 'valibot';
import type { Journal, JournalEntry } from './journal';

/** A client's message: the fields of its envelope that the connection reads. */
export interface Message {
  readonly event: string;
  /** Where the sender wants an `ack`: its name for the message. */
  readonly id?: string | undefined;
}

/** A message of the server. */
export interface ServerMessage {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Why a message was refused, for its sender. */
export interface Refusal {
  readonly code: string;
  /** For developers, in English. */
  readonly message: string;
}

/** A refusal as an error: its sender is told of it as it is. */
export class RefusalError extends Error implements Refusal {
  override readonly name = 'RefusalError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What became of a message. */
export type Answer = { readonly ok: true } | { readonly ok: false; readonly error: Refusal };

/** A message that is sent once and kept nowhere: clients that are away miss it. */
export interface Transient {
  readonly message: ServerMessage;
  /** The capability that a client must have agreed to. Others are not sent it. */
  readonly capability: string;
  /**
   * Offset of the newest event before it; 0 where that event has been published already. It follows that
   * event.
   */
  readonly after: number;
}

/** Everything that the clients of one owner are told, from where the application has it. */
export interface Source<T extends Transient> {
  readonly journal: Journal;
  /**
   * What is appended to the journal, in order. Hot while it is subscribed to. When it fails, all clients are
   * closed, and come again to a new source.
   */
  readonly entries: Observable<JournalEntry>;
  /** Hot while it is subscribed to. When it fails, all clients are closed, too. */
  readonly transients: Observable<T>;

  /** Settles, with an offset, once subscribers of `entries` are given every event after it. */
  publishedFrom(): Promise<number>;
}

/** One client, as the application knows it. */
export interface Client {
  readonly owner: string;

  /** Whether this capability was agreed in `connect`. */
  has(capability: string): boolean;

  send(message: ServerMessage): void;

  /**
   * Sends a state at its place in the stream: after the events that are in it, before all that happens later.
   *
   * @param read gives the state, with the offset of the newest event in it
   * @param toMessage makes the message of it. What it changes of the client's interest holds for all that is
   *   sent later
   */
  sendState<S extends { readonly offset: number }>(
    read: () => Promise<S>,
    toMessage: (state: S) => ServerMessage,
  ): Promise<void>;
}

/** What one client wants to be told. */
export interface Interest<T extends Transient> {
  wantsEvent(entry: JournalEntry): boolean;
  /** @param after offset of the newest event before it */
  wantsTransient(transient: T, after: number): boolean;
}

/** What the application does for one client. */
export interface ClientHandler<M extends Message, T extends Transient> extends Interest<T> {
  /**
   * Does what a message asks for, and sends what it is answered with besides its `ack`.
   *
   * @throws what {@link Application.refusalOf} explains, when the message cannot be followed
   */
  answer(message: M): Promise<Answer>;
}

/**
 * An application on these connections: its messages, and what its clients are told. The connection itself
 * serves `connect`, `ping` and `authenticate`, resumes clients, acknowledges messages, joins them in batches
 * and keeps to the limits.
 */
export interface Application<M extends Message, T extends Transient> {
  /** Capabilities besides those of the connection. */
  readonly capabilities: readonly string[];
  /** Schema of its messages, a variant by `event`: others are refused as unknown. */
  readonly messages: v.GenericSchema<unknown, M>;

  sourceOf(owner: string): Source<T>;

  /** Is called once for each client, when it is admitted. */
  serve(client: Client): ClientHandler<M, T>;

  /** The fields that say what a message is about. An `error` that refuses the message has them, too. */
  subjectOf(message: M): Readonly<Record<string, unknown>>;

  /** What a client is told of an error; undefined for an unforeseen error, which is logged. */
  refusalOf(error: unknown): Refusal | undefined;
}
