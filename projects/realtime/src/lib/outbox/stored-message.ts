import type { RealtimeMessage } from '../realtime-message';

/** An entry of the outbox as it is stored. */
export interface StoredMessage {
  readonly id: string;
  readonly message: RealtimeMessage;
  /** When it was sent by the application, in milliseconds since the epoch. */
  readonly madeAt: number;
  /** When it is given up, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Its place among those of the same page and millisecond. */
  readonly place: number;
  readonly isRequest: boolean;
  readonly key: string | null;
  /** How often the server closed the link over it alone; missing while it is not suspected of that. */
  readonly strikes?: number;
}

/** What is stored may be of an older version of the library. */
export function isStoredMessage(
  value: unknown,
  isMessage: (value: unknown) => value is RealtimeMessage,
): value is StoredMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'message' in value &&
    isMessage(value.message) &&
    'madeAt' in value &&
    typeof value.madeAt === 'number' &&
    'expiresAt' in value &&
    typeof value.expiresAt === 'number' &&
    'place' in value &&
    typeof value.place === 'number' &&
    'isRequest' in value &&
    typeof value.isRequest === 'boolean' &&
    'key' in value &&
    (value.key === null || typeof value.key === 'string') &&
    (!('strikes' in value) || typeof value.strikes === 'number')
  );
}

/** Order of sending. */
export function byAge(one: StoredMessage, other: StoredMessage): number {
  return one.madeAt - other.madeAt || one.place - other.place;
}
