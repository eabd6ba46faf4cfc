import { RealtimeError } from '../realtime-error';
import { isRealtimeMessage, type RealtimeMessage } from '../realtime-message';
import type { Acknowledgement } from './acknowledgement';
import type { SendPolicy } from './send-policy';

/** The caller of a request. */
export interface Waiter {
  resolve(acknowledgement: Acknowledgement): void;
  reject(error: unknown): void;
}

/** A message that waits to be sent, or a request that waits for its acknowledgement. */
export interface OutboxEntry {
  /** Names it in the storage; the id on the wire of a request. */
  readonly id: string;
  /** What the message was when it was sent: later changes by the caller are not seen. */
  readonly message: RealtimeMessage;
  /** Bytes of the message as UTF-8 JSON. */
  readonly bytes: number;
  /** When it was sent by the application, by the clock of the scheduler. */
  readonly madeAt: number;
  /** When it is given up, by the clock of the scheduler. */
  readonly expiresAt: number;
  readonly isRequest: boolean;
  readonly whenOffline: SendPolicy['whenOffline'];
  /** What it is the latest of; null when it replaces nothing. */
  readonly key: string | null;
  readonly persist: boolean;
  /** Whether an earlier page left it behind. */
  readonly isEarlier?: boolean;
  /** Tells the caller of a request how it ended; null when nobody waits. */
  waiter: Waiter | null;
  /** Whether a request was sent over the open link. */
  inFlight: boolean;
}

/** What a new entry is made of, beyond what follows from its message. */
export type NewEntry = Omit<OutboxEntry, 'bytes' | 'inFlight' | 'waiter'> & {
  readonly waiter?: Waiter;
};

/** @returns an error when the message cannot be written as JSON. */
export function makeEntry(entry: NewEntry): OutboxEntry | RealtimeError {
  const { event } = entry.message;
  try {
    const text = JSON.stringify(entry.message);
    const message: unknown = JSON.parse(text);
    if (isRealtimeMessage(message)) {
      const bytes = new TextEncoder().encode(text).byteLength;
      return { waiter: null, ...entry, message, bytes, inFlight: false };
    }
    return unserializable(event);
  } catch (cause) {
    return unserializable(event, cause);
  }
}

function unserializable(event: string, cause?: unknown): RealtimeError {
  return new RealtimeError(
    'unserializable-message',
    ngDevMode &&
      `The "${event}" message cannot be kept as JSON: remove circular references and bigint values.`,
    { event, cause },
  );
}
