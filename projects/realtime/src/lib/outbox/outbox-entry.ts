import { plainMessage } from '../codec/plain-message';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
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
  /** What the message was when it was sent, made plain: later changes by the caller are not seen. */
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
  /** How often the server closed the link over this request alone; null while it is not suspected of that. */
  strikes: number | null;
  /** How many others, which this page cannot hold back, are to be sent before a suspect is. */
  place: number;
}

/** What a new entry is made of, beyond what follows from its message. */
export type NewEntry = Omit<OutboxEntry, 'bytes' | 'inFlight' | 'waiter' | 'strikes' | 'place'> & {
  readonly waiter?: Waiter;
  readonly strikes?: number | null;
};

/** @returns an error when the message cannot be written as JSON. */
export function makeEntry(entry: NewEntry): OutboxEntry | RealtimeError {
  const { event } = entry.message;
  try {
    const message = plainMessage(entry.message);
    const bytes = new TextEncoder().encode(JSON.stringify(message)).byteLength;
    return { waiter: null, strikes: null, ...entry, message, bytes, inFlight: false, place: 0 };
  } catch (cause) {
    return unserializable(event, cause);
  }
}

function unserializable(event: string, cause: unknown): RealtimeError {
  return new RealtimeError(
    'unserializable-message',
    ngDevMode &&
      `The "${event}" message cannot be kept as JSON: remove circular references and bigint values.`,
    { event, cause },
  );
}

/**
 * A name nobody else has. `crypto.randomUUID` would be shorter, but is missing on pages served over plain
 * http.
 */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
