import { InjectionToken } from '@angular/core';

/** How much may wait, how long, and how fast it goes out. */
export interface OutboxOptions {
  /** Messages that may wait, requests without an acknowledgement included. @default 1_000 */
  readonly maxMessages?: number;
  /** Bytes that may wait, as UTF-8 JSON. @default 1_048_576 (1 MiB) */
  readonly maxBytes?: number;
  /** Milliseconds a message may wait. @default 300_000 (5 minutes) */
  readonly maxAge?: number;
  /**
   * Milliseconds a persisted message or request may wait. A server that is idempotent for a limited time must
   * remember ids for at least as long.
   * @default 86_400_000 (a day)
   */
  readonly persistedMaxAge?: number;
  /** Messages a second that may go out while others wait; a whole number. @default 50 */
  readonly rate?: number;
  /** Milliseconds to wait for the server's `connected` before sending without it. @default 2_000 */
  readonly handshakeTimeout?: number;
  /** Milliseconds until a request that names no `timeout` is rejected. @default 30_000 */
  readonly requestTimeout?: number;
  /**
   * Whether requests are rejected as soon as the connection ends for good, by `disconnect()` or by giving up.
   * If not, they wait for the next `connect()` until their timeout.
   * @default true
   */
  readonly abandonOnEnd?: boolean;
}

export const OUTBOX_OPTIONS = new InjectionToken<Required<OutboxOptions>>(
  ngDevMode ? '@creative-autogpt/realtime outbox options' : '',
);

/** @throws RangeError in development builds, naming the first option that is out of its range. */
export function completeOptions(options: OutboxOptions): Required<OutboxOptions> {
  const complete: Required<OutboxOptions> = {
    maxMessages: 1_000,
    maxBytes: 1_048_576,
    maxAge: 300_000,
    persistedMaxAge: 86_400_000,
    rate: 50,
    handshakeTimeout: 2_000,
    requestTimeout: 30_000,
    abandonOnEnd: true,
    ...options,
  };
  if (ngDevMode) {
    for (const [name, value] of Object.entries(complete)) {
      if (typeof value === 'number') {
        checkPositive(`withOutbox: ${name}`, value);
      }
    }
    if (!Number.isInteger(complete.rate)) {
      throw new RangeError('withOutbox: rate must be a whole number of messages a second.');
    }
  }
  return complete;
}

/** @throws RangeError when `value` is not a positive number. */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0)) {
    throw new RangeError(`${name} must be a positive number.`);
  }
}
