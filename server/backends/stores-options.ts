import type { Log } from '../ports/log';
import { DEFAULT_RETENTION, type JournalRetention } from '../realtime/journal';

/** How stores are opened. */
export interface StoresOptions {
  /** The time that changes are stamped with. @default that of the system */
  readonly clock?: () => Date;
  /** How much of the journals `trim` leaves. @default 100,000 events and 24 hours */
  readonly retention?: JournalRetention;
  /** Most sessions of one owner. @default 10,000 */
  readonly maxSessions?: number;
  /** Is told of what is damaged. @default no log */
  readonly log?: Log;
}

const DEFAULT_MAX_SESSIONS = 10_000;

export function withDefaults(options: StoresOptions): Required<StoresOptions> {
  return {
    clock: () => new Date(),
    retention: DEFAULT_RETENTION,
    maxSessions: DEFAULT_MAX_SESSIONS,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...options,
  };
}
