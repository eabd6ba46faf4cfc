/** How long and how safely a message waits. */
interface WaitingPolicy {
  /**
   * Whether the message survives a reload of the page while it waits. What is stored can be read by every
   * script of the origin.
   * @default false
   */
  readonly persist?: boolean;
  /** Milliseconds after which the message is no longer worth sending. @default `maxAge` of `withOutbox()` */
  readonly maxAge?: number;
}

/** Sent only over the connection that is open now. */
export interface DropPolicy {
  readonly whenOffline: 'drop';
}

/** Waits for the next connection, in the order of sending. */
export interface QueuePolicy extends WaitingPolicy {
  readonly whenOffline: 'queue';
}

/** Waits for the next connection unless a newer message with the same key is sent before. */
export interface LatestPolicy extends WaitingPolicy {
  readonly whenOffline: 'latest';
  /** What the message is the latest of. @default the event of the message */
  readonly key?: string;
}

/**
 * What becomes of a message that cannot be sent at once:
 *
 * - `drop`: it is dropped.
 * - `queue`: it waits, and so does every message after it.
 * - `latest`: it waits, and takes the place of an older one with the same key.
 */
export type SendPolicy = DropPolicy | QueuePolicy | LatestPolicy;

/** What became of a message: handed to the socket, waiting, or dropped (see `RealtimeOutbox.drops`). */
export type SendResult = 'sent' | 'queued' | 'dropped';
