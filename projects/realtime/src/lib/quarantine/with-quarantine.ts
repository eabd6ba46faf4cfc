import { REJECTED_MESSAGES } from '../events/validate';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { QUARANTINE_LIMIT, RealtimeQuarantine } from './realtime-quarantine';

/** How much the quarantine keeps. */
export interface QuarantineOptions {
  /** How many of the last messages that failed are kept. @default 50 */
  readonly limit?: number;
}

/**
 * Keeps the messages that failed validation, and what was wrong with them, in {@link RealtimeQuarantine}.
 *
 * ```ts
 * provideRealtime({ url }, withRetry(), withQuarantine({ limit: 20 }))
 * ```
 *
 * @throws RangeError in development builds when `limit` is not a positive integer.
 */
export function withQuarantine(options: QuarantineOptions = {}): RealtimeExtension {
  const { limit = 50 } = options;
  if (ngDevMode && !(Number.isSafeInteger(limit) && limit > 0)) {
    throw new RangeError('withQuarantine: limit must be a positive integer.');
  }
  return {
    id: 'quarantine',
    providers: [
      RealtimeQuarantine,
      { provide: QUARANTINE_LIMIT, useValue: limit },
      { provide: REJECTED_MESSAGES, useExisting: RealtimeQuarantine },
    ],
    offers: [RealtimeQuarantine],
  };
}
