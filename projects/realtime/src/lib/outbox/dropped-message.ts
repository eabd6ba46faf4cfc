import type { RealtimeErrorCode } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';

/**
 * Why a message was given up:
 *
 * - `offline`: its policy is `drop`, and there was no connection or it was lost before the message's turn
 *   came.
 * - `full`: it had to make room, or there was none for it.
 * - `expired`: it waited longer than its `maxAge`.
 * - `replaced`: a newer message with the same key took its place.
 * - `unserializable`: it cannot be written as JSON, or what else was agreed with the server.
 * - `not-supported`: it is a request of an earlier page, and the server does not acknowledge requests.
 * - `ends-connection`: it is a request of an earlier page, or one that was abandoned, and the server closed
 *   the connection when it was sent.
 * - `cleared`: `RealtimeOutbox.clear()` was called.
 */
export type DropReason =
  | 'offline'
  | 'full'
  | 'expired'
  | 'replaced'
  | 'unserializable'
  | 'not-supported'
  | 'ends-connection'
  | 'cleared';

/** A message that was given up, and why. */
export interface DroppedMessage {
  readonly message: RealtimeMessage;
  readonly reason: DropReason;
}

/** What follows from giving a message up. */
interface DropRule {
  /** Code with which a request is rejected. */
  readonly code: RealtimeErrorCode;
  /**
   * Whether the application learns of it on `errors`: not where it asked for it, or has learned of it there
   * already.
   */
  readonly reported: boolean;
}

export const DROP_RULES: Readonly<Record<DropReason, DropRule>> = {
  offline: { code: 'request-abandoned', reported: false },
  full: { code: 'outbox-full', reported: true },
  expired: { code: 'request-timeout', reported: true },
  replaced: { code: 'request-abandoned', reported: false },
  unserializable: { code: 'unserializable-message', reported: false },
  'not-supported': { code: 'not-supported', reported: true },
  'ends-connection': { code: 'ends-connection', reported: true },
  cleared: { code: 'request-abandoned', reported: false },
};

/** Complete "… because", for development builds. */
export const DROP_TEXTS: Readonly<Record<DropReason, string>> = {
  offline: 'there is no connection',
  full: 'the outbox is full: send less or raise its limits',
  expired: 'its time was over',
  replaced: 'a newer message took its place',
  unserializable: 'the codec has no form for it: remove what it cannot write',
  'not-supported': 'the server did not agree to "commands"',
  'ends-connection':
    'the server closed the connection when it was sent: look there for the reason, and send it smaller or corrected',
  cleared: 'the outbox was cleared',
};
