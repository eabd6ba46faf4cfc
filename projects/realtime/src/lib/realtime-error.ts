/**
 * What can go wrong, as stable codes:
 *
 * - `connection-closed`: the socket closed; `closeCode` and `reason` say how (RFC 6455, section 7.4).
 * - `connect-timeout`: the socket did not open within `connectTimeout`.
 * - `dead-link`: nothing was heard for the heartbeat's interval and timeout.
 * - `invalid-url`: the URL is none, or the URL function failed.
 * - `undecodable-frame`: a frame is not what its codec reads, or not an object that names its event; or a
 *   batch holds what is no message.
 * - `uninflatable-message`: a compressed message is corrupt or too large, or the browser cannot inflate.
 * - `codec-unavailable`: the codec of the agreed subprotocol could not be loaded; JSON is spoken instead.
 * - `invalid-message`: a message does not satisfy the schema of its event.
 * - `handler-failed`: a handler given to `subscribe` threw or rejected; or `conflate`, a function of
 *   `withSubscriptions()`, or a hook of an extension (`judge`, `sent`, `received`) threw.
 * - `unserializable-message`: a message given to `send` cannot be written in the format of the connection; or
 *   a received message cannot be copied from the tab with the socket to this tab.
 * - `message-dropped`: a message that waited in the outbox was given up; the message says why.
 * - `outbox-full`: the outbox had no room for a request.
 * - `request-refused`: the server refused a request; `serverCode` and the message are the server's.
 * - `request-timeout`: a request was not acknowledged in time.
 * - `ends-connection`: a request was given up, since the server closed the connection when it was sent.
 * - `request-abandoned`: nobody waits for a request any longer: the connection ended, or the client was
 *   destroyed.
 * - `not-supported`: the server does not acknowledge requests.
 * - `subscription-refused`: the server refused a subscription; `serverCode` and the message are the server's.
 * - `too-many-subscriptions`: the tab keeps as many topics as one may keep.
 * - `storage-failed`: the browser refused to store messages; they are kept in memory.
 * - `token-unavailable`: the token function of `withAuth()` failed, took too long, or gave no token.
 * - `unauthenticated`: the server refuses the tokens it is given; sign in again, then call `connect()`.
 * - `exporter-failed`: the exporter given to `withStats()` threw or rejected.
 */
export type RealtimeErrorCode =
  | 'connection-closed'
  | 'connect-timeout'
  | 'dead-link'
  | 'invalid-url'
  | 'undecodable-frame'
  | 'uninflatable-message'
  | 'codec-unavailable'
  | 'invalid-message'
  | 'handler-failed'
  | 'unserializable-message'
  | 'message-dropped'
  | 'outbox-full'
  | 'request-refused'
  | 'request-timeout'
  | 'ends-connection'
  | 'request-abandoned'
  | 'not-supported'
  | 'subscription-refused'
  | 'too-many-subscriptions'
  | 'storage-failed'
  | 'token-unavailable'
  | 'unauthenticated'
  | 'exporter-failed';

/** What is known about an error beyond its code and message. */
export interface RealtimeErrorDetails {
  /** Close code of the socket, for `connection-closed`. */
  readonly closeCode?: number;
  /** Close reason of the socket, for `connection-closed`. */
  readonly reason?: string;
  /**
   * Where a server may have closed the socket because of a message: the ids of all messages of the last three
   * seconds without an acknowledgement, in order. The id of a message without one is empty. For
   * `connection-closed`, with `withOutbox()`.
   */
  readonly suspects?: readonly string[];
  /** Event that the error is about. */
  readonly event?: string;
  /** The server's own code, for `request-refused` and `subscription-refused`. */
  readonly serverCode?: string;
  /** The error or value behind this error. */
  readonly cause?: unknown;
}

/**
 * An error of the realtime client. `code` is stable; `message` is for developers and says what to do.
 * Production builds leave the library's own texts out: there the message is the code.
 */
export class RealtimeError extends Error {
  override readonly name = 'RealtimeError';
  readonly closeCode: number | undefined;
  readonly reason: string | undefined;
  readonly suspects: readonly string[];
  readonly event: string | undefined;
  readonly serverCode: string | undefined;

  constructor(
    readonly code: RealtimeErrorCode,
    message: string | false | null,
    details: RealtimeErrorDetails = {},
  ) {
    super(typeof message === 'string' ? message : code, { cause: details.cause });
    this.closeCode = details.closeCode;
    this.reason = details.reason;
    this.suspects = details.suspects ?? [];
    this.event = details.event;
    this.serverCode = details.serverCode;
  }
}

/** A thrown value as text. There are values that have none, and to ask them for it throws again. */
export function textOf(cause: unknown): string {
  try {
    return String(cause);
  } catch {
    return typeof cause;
  }
}

/** What ended a connection, as a `RealtimeError`. */
export function toRealtimeError(error: unknown): RealtimeError {
  return error instanceof RealtimeError
    ? error
    : new RealtimeError('connection-closed', ngDevMode && 'The connection failed unexpectedly.', {
        cause: error,
      });
}
