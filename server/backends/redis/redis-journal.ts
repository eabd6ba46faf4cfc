import type { Redis } from 'ioredis';
import * as v from 'valibot';
import type { JournalEntry, JournalRetention } from '../../realtime/journal';
import type { JournalEntries } from '../stored-journal';
import type { JournalScripts } from './journal-scripts';
import { asking } from './redis-connection';
import type { OwnerKeys } from './redis-keys';
import { spelled } from './scripts';

/** The oldest entry, if there is one: its id, and its fields. */
const Oldest = v.array(v.tupleWithRest([v.string()], v.unknown()));

/** Entries as Redis gives them: of each its id, and its fields. */
const StreamEntries = v.array(v.tuple([v.string(), v.array(v.string())]));
type StreamEntry = v.InferOutput<typeof StreamEntries>[number];

const HOUR_MS = 3_600_000;

/** The entries of one owner's journal: a Redis Stream whose entries have their offsets as ids. */
export class RedisJournal implements JournalEntries {
  constructor(
    private readonly redis: Redis,
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
   * Drops about `step` of the entries that the retention excludes.
   *
   * @returns whether there may be more to drop
   */
  async trim({ maxEvents, maxAgeHours }: JournalRetention, now: Date, step: number): Promise<boolean> {
    const [length, [first]] = await Promise.all([
      asking(() => this.redis.xlen(this.owned.journal)),
      this.#oldest(1),
    ]);
    const expired = new Date(now.getTime() - maxAgeHours * HOUR_MS).toISOString();
    const isExpired = ([, fields]: StreamEntry): boolean => (fields[5] ?? '') < expired;
    // Most journals have nothing to drop, and entries are long: one is read of them.
    if (first === undefined || (length <= maxEvents && !isExpired(first))) {
      return false;
    }
    const oldest = await this.#oldest(step);
    const dropped = Math.min(
      oldest.length,
      Math.max(length - maxEvents, oldest.findLastIndex(isExpired) + 1),
    );
    const last = oldest[dropped - 1];
    if (last !== undefined) {
      await this.dropUpTo(offsetOf(last[0]));
    }
    return dropped === step;
  }

  async dropUpTo(offset: number): Promise<void> {
    await asking(() => this.redis.xtrim(this.owned.journal, 'MINID', `${offset + 1}-0`));
  }

  #oldest(limit: number): Promise<readonly StreamEntry[]> {
    return asking(() => this.redis.xrange(this.owned.journal, '-', '+', 'COUNT', limit));
  }
}

function toEntry([id, fields]: StreamEntry): JournalEntry {
  const [, subject = '', , json = ''] = fields;
  return { offset: offsetOf(id), subject, json };
}

function offsetOf(id: string): number {
  return Number.parseInt(id, 10);
}
