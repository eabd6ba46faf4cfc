import * as v from 'valibot';
import type { JournalEntry, JournalRetention } from '../../realtime/journal';
import type { JournalEntries } from '../stored-journal';
import type { JournalScripts } from './journal-scripts';
import type { OwnerKeys } from './redis-keys';
import { spelled } from './scripts';

/** The oldest entry, if there is one: its id, and its fields. */
const Oldest = v.array(v.tupleWithRest([v.string()], v.unknown()));

/** Entries as Redis gives them: of each its id, and its fields. */
const StreamEntries = v.array(v.tuple([v.string(), v.array(v.string())]));
type StreamEntry = v.InferOutput<typeof StreamEntries>[number];

const HOUR_MS = 3_600_000;

/** Entries that one step of a trim may drop. */
const STEP = 500;

/** Lower than every offset. */
const NONE = 0;

/** Higher than every count. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/** The entries of one owner's journal: a Redis Stream whose entries have their offsets as ids. */
export class RedisJournal implements JournalEntries {
  constructor(
    private readonly scripts: JournalScripts,
    private readonly owned: OwnerKeys,
  ) {}

  async bounds() {
    const first = spelled([['XRANGE', this.owned.journal, '-', '+', 'COUNT', 1]]);
    const { epoch, offset: newest, answers } = await this.scripts.read('read', this.owned, [], first);
    const [oldest] = v.parse(Oldest, answers[0]);
    return { epoch, newest, oldest: oldest === undefined ? newest + 1 : offsetOf(oldest[0]) };
  }

  async after(offset: number, limit: number): Promise<readonly JournalEntry[]> {
    // By a script: it notes the epoch of the entries before they are given to callers that follow another.
    const range = spelled([['XRANGE', this.owned.journal, `${offset + 1}-0`, '+', 'COUNT', limit]]);
    const { answers } = await this.scripts.read('read', this.owned, [], range);
    return v.parse(StreamEntries, answers[0]).map(toEntry);
  }

  /**
   * Drops a step of the entries that the retention excludes.
   *
   * @returns whether there may be more to drop
   */
  trim({ maxEvents, maxBytes, maxAgeHours }: JournalRetention, now: Date): Promise<boolean> {
    const expired = new Date(now.getTime() - maxAgeHours * HOUR_MS).toISOString();
    return this.#drop([maxEvents, maxBytes, expired, NONE]);
  }

  async dropUpTo(offset: number): Promise<void> {
    while (await this.#drop([UNBOUNDED, UNBOUNDED, '', offset])) {
      // The next step.
    }
  }

  async #drop(excluded: readonly (string | number)[]): Promise<boolean> {
    const { journal, totals } = this.owned;
    const dropped = await this.scripts.trim(
      'trimJournal',
      this.owned,
      [journal, totals],
      [...excluded, STEP],
    );
    return dropped === STEP;
  }
}

function toEntry([id, fields]: StreamEntry): JournalEntry {
  const [, subject = '', , json = ''] = fields;
  return { offset: offsetOf(id), subject, json };
}

function offsetOf(id: string): number {
  return Number.parseInt(id, 10);
}
