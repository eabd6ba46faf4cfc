import type { Log } from '../ports/log';
import { DEFAULT_QUOTA, type Quota } from '../ports/store';
import type { DamagedRecord } from './stored-records';
import { DEFAULT_RETENTION, type JournalRetention } from '../realtime/journal';
import { ANSWER_RETENTION, type AnswerRetention } from './remembered-answer';

/** How stores are opened. */
export interface StoresOptions {
  /** The time that changes are stamped with. @default that of the system */
  readonly clock?: () => Date;
  /** How much of each journal is kept. @default 100,000 events, 64 MiB and 24 hours */
  readonly retention?: Partial<JournalRetention>;
  /** How many answers to commands of one owner are kept. @default 10,000 answers, 4 MiB and 24 hours */
  readonly answerRetention?: Partial<AnswerRetention>;
  /** What one owner may have. @default 10,000 sessions and 1 GiB */
  readonly quota?: Partial<Quota>;
  /** Is told of what is damaged. @default no log */
  readonly log?: Log;
  /** Checks a database file before it is used. @returns the damaged records. @default finds none */
  readonly check?: (file: string, log: Log) => readonly DamagedRecord[];
}

/** The same with nothing left open. */
export interface CompleteStoresOptions extends Required<StoresOptions> {
  readonly retention: JournalRetention;
  readonly answerRetention: AnswerRetention;
  readonly quota: Quota;
}

export function withDefaults({
  retention,
  answerRetention,
  quota,
  ...options
}: StoresOptions): CompleteStoresOptions {
  return {
    clock: () => new Date(),
    check: () => [],
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...options,
    retention: { ...DEFAULT_RETENTION, ...retention },
    answerRetention: { ...ANSWER_RETENTION, ...answerRetention },
    quota: { ...DEFAULT_QUOTA, ...quota },
  };
}
