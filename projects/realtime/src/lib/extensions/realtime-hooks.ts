import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import type { RealtimeCodec } from '../codec/realtime-codec';
import type { CloseAction } from '../connection/close-policy';
import type { RealtimeLink } from '../connection/realtime-link';
import type { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import type { OutgoingFrame, TransportFrame, TransportSocket } from '../transport/transport';

/**
 * Where an extension takes part in a connection. All members are optional. They are called outside of the
 * Angular zone, but for `outgoing` and `sent`, which are called where a message is sent. Where several
 * extensions have the same member, they are called in the order of their names.
 */
export interface RealtimeHooks {
  /**
   * Called before each attempt to open a socket; the attempt goes on when the observable completes. An error
   * is the end of the attempt. The time that it takes is not part of `connectTimeout`.
   */
  readonly beforeAttempt?: () => Observable<unknown>;

  /**
   * Called for each attempt, to open the socket by `next` and to choose the codec of its frames. It may offer
   * subprotocols, try more than once, and replace the codec of what `next` emits. An error is the end of the
   * attempt.
   */
  readonly open?: (next: OpenSocket) => Observable<OpenedSocket>;

  /**
   * The codec of frames where no `open` chooses another one. Of several, the first by name counts.
   *
   * @default JSON objects that name their `event`, in text frames
   */
  readonly codec?: RealtimeCodec;

  /** Optional part of the protocol that `connect` asks for. Without effect with `handshake: false`. */
  readonly capability?: string;

  /**
   * Called for each link, for fields of the `data` of `connect`. An error ends the link. Without effect with
   * `handshake: false`.
   */
  readonly connectData?: () => Readonly<Record<string, unknown>>;

  /**
   * Called for each link: the status becomes `connected` when the observable completes. Until then callers
   * cannot send, while everything that arrives is delivered. It may send by `link`. An error ends the link,
   * and so does an observable that does not complete within `connectTimeout`.
   *
   * @default at once
   */
  readonly ready?: (link: RealtimeLink) => Observable<unknown>;

  /** A step on the way in. */
  readonly incoming?: IncomingStage;

  /**
   * Called for each message before it is written as a frame; what it returns is sent. It runs for every
   * message and must be quick. A message for which it throws is not sent, and reported as
   * `unserializable-message`.
   */
  readonly outgoing?: (message: RealtimeMessage) => RealtimeMessage;

  /**
   * Called for each link, as soon as its socket is open, and subscribed for as long as the link lasts. It may
   * send and listen; what it emits is ignored. An error ends the link, which is then tried again as after a
   * lost connection.
   */
  readonly accompany?: (link: RealtimeLink) => Observable<unknown>;

  /**
   * Called for each end of a link or an attempt, before the close policy, to decide what follows. Extensions
   * are asked in turn until one of them decides. An error that it throws is reported as `handler-failed` and
   * counts as null.
   *
   * @returns null to leave the decision to the next extension; an error to leave it with more knowledge, such
   *   as a reason
   */
  readonly judge?: (error: RealtimeError) => Ending | RealtimeError | null;

  /**
   * When a lost connection is tried again. Of several, the first by name counts. Its functions must not
   * throw: nothing would be tried again.
   *
   * @default never
   */
  readonly reconnect?: ReconnectPolicy;

  /**
   * Called for each frame that was handed to the socket. `message` is the message before `outgoing`, and may
   * carry secrets. It must be quick. An error that it throws is reported as `handler-failed`; the frame is
   * sent all the same.
   */
  readonly sent?: (frame: OutgoingFrame, message: RealtimeMessage) => void;

  /**
   * Called for each frame that arrived, before the way in: with its message, or with the error of an
   * unreadable frame. It must be quick. An error that it throws is reported as `handler-failed`; the message
   * goes its way all the same.
   */
  readonly received?: (frame: TransportFrame, message: RealtimeMessage | RealtimeError) => void;
}

/**
 * Opens a socket and emits it once it is open; closes it when unsubscribed.
 *
 * @param protocols subprotocols to offer before those of the configuration
 */
export type OpenSocket = (protocols: readonly string[]) => Observable<OpenedSocket>;

/** An open socket and the codec of its frames. */
export interface OpenedSocket {
  readonly socket: TransportSocket;
  readonly codec: RealtimeCodec;
}

/**
 * A step on the way in, from the socket to the subscribers: it may hold back, replace, drop or reorder
 * messages.
 *
 * The order of steps is that of their phases, whatever the order in which extensions are given:
 *
 * 1. `inflate`: undoes what was done to whole messages, such as compression.
 * 2. `unpack`: takes apart messages that hold several.
 * 3. `order`: holds messages back, orders them, drops those that came before. Companions of the link see the
 *    messages that go into this phase; subscribers see those that come out of it.
 */
export interface IncomingStage {
  readonly phase: 'inflate' | 'unpack' | 'order';
  /** Called for each link. An error of the observable ends the link. */
  readonly through: MonoTypeOperatorFunction<RealtimeMessage>;
}

/** What the end of a connection, or of an attempt at one, leads to. */
export interface Ending {
  /** `retry-at-once` waits for nothing, counts no failed attempt, and needs no `withRetry()`. */
  readonly action: CloseAction | 'retry-at-once';
  /** Why it ended, for the state and the error stream. */
  readonly error: RealtimeError;
}

/** When a lost connection is tried again. */
export interface ReconnectPolicy {
  /** Attempts in a row that may fail before the client gives up. */
  readonly maxAttempts: number;
  /** Milliseconds a connection must last before failed attempts are forgotten. */
  readonly stableAfter: number;
  /** Milliseconds to wait before attempt `attempt`, which counts from 1. */
  readonly delay: (attempt: number) => number;
  /**
   * Milliseconds to wait before each attempt in the background, after the client gave up; null to attempt
   * nothing.
   */
  readonly delayInBackground: (() => number) | null;
}
