import type { StreamPosition } from '@creative-autogpt/protocol';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import type { Log } from '../../ports/log';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { asking } from './redis-connection';
import { DAMAGED_ENTRY, EntryCheck } from '../entry-check';
import { epochOf } from '../epoch-of';
import { type Journal, type JournalEntry, type JournalRetention } from '../../realtime/journal';
import type { JournalScripts } from './journal-scripts';

const Position = v.tuple([v.string(), v.string(), v.string()]);

const HOUR_MS = 3_600_000;

/** Whose journal it is, and where in Redis. */
export interface JournalOwner {
  readonly owner: string;
  readonly owned: OwnerKeys;
}

/** One owner's journal, a Redis Stream whose entries have their offsets as ids. */
export class RedisJournal implements Journal {
  readonly #check = new EntryCheck();

  constructor(
    private readonly redis: Redis,
    private readonly scripts: JournalScripts,
    private readonly keys: RedisKeys,
    private readonly by: JournalOwner,
    private readonly log: Pick<Log, 'error'>,
  ) {}

  async end(): Promise<StreamPosition> {
    const { epoch, newest } = await this.#position();
    return { epoch, offset: newest };
  }

  async reachesBackTo({ epoch, offset }: StreamPosition): Promise<boolean> {
    const position = await this.#position();
    return epoch === position.epoch && offset <= position.newest && offset + 1 >= position.oldest;
  }

  async read(after: number, limit: number): Promise<readonly JournalEntry[]> {
    const stored = await asking(() =>
      this.redis.xrange(this.by.owned.journal, `${after + 1}-0`, '+', 'COUNT', limit),
    );
    const entries = stored.map(toEntry);
    const damaged = this.#check.lastDamaged(entries);
    if (damaged === undefined) {
      return entries;
    }
    this.log.error({ session_id: damaged.sessionId, offset: damaged.offset }, DAMAGED_ENTRY);
    await asking(() => this.#dropUpTo(damaged.offset));
    return entries.filter(({ offset }) => offset > damaged.offset);
  }

  /**
   * Drops about `step` of the entries that the retention excludes.
   *
   * @returns whether there may be more to drop
   */
  async trim({ maxEvents, maxAgeHours }: JournalRetention, now: Date, step: number): Promise<boolean> {
    const oldest = await this.redis.xrange(this.by.owned.journal, '-', '+', 'COUNT', step);
    const length = await this.redis.xlen(this.by.owned.journal);
    const expired = new Date(now.getTime() - maxAgeHours * HOUR_MS).toISOString();
    const newestExpired = oldest.findLastIndex(([, fields]) => (fields[5] ?? '') < expired);
    const dropped = Math.min(oldest.length, Math.max(length - maxEvents, newestExpired + 1));
    const last = oldest[dropped - 1];
    if (last !== undefined) {
      await this.#dropUpTo(offsetOf(last[0]));
    }
    return dropped === step;
  }

  #dropUpTo(offset: number): Promise<number> {
    return this.redis.xtrim(this.by.owned.journal, 'MINID', `${offset + 1}-0`);
  }

  async #position(): Promise<{ epoch: string; newest: number; oldest: number }> {
    const { keys, scripts } = this;
    const { owner, owned } = this.by;
    const [epoch, newest, oldest] = v.parse(
      Position,
      await asking(() => scripts.run('position', [keys.epoch, owned.offset, owned.journal], [])),
    );
    return { epoch: epochOf(owner, epoch), newest: Number(newest), oldest: Number(oldest) };
  }
}

function toEntry([id, fields]: [string, string[]]): JournalEntry {
  const [, sessionId = '', , json = ''] = fields;
  return { offset: offsetOf(id), sessionId, json };
}

function offsetOf(id: string): number {
  return Number.parseInt(id, 10);
}
