import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../../ports/log';
import type { RedisKeys } from './redis-keys';
import { NOTE_EPOCH } from './scripts';

/** How long (ms) people are told that Redis has lost what was stored. */
const TOLD_FOR_MS = 86_400_000;

/** What an answer says of the history that it is from. */
export interface HistoryPoint {
  /** The stored epoch of all journals. */
  readonly epoch: string;
  /** Number of commits in it. */
  readonly commits: number;
}

/**
 * What this process knows of the history in Redis: its epoch, and how many commits it has at least. A Redis
 * that has fewer, or no epoch, was emptied or put back from an older copy. Then a new epoch begins.
 */
export class RedisHistory {
  #known: HistoryPoint = { epoch: '', commits: 0 };
  #lostAt: string | undefined;
  readonly #endListeners = new Set<() => void>();

  constructor(
    private readonly redis: Redis,
    private readonly keys: RedisKeys,
    private readonly log: Log,
  ) {}

  /** The epoch is empty until something was read. */
  get known(): HistoryPoint {
    return this.#known;
  }

  /** When Redis was found without what was stored in it, ISO 8601; undefined where that is long ago. */
  get lostAt(): string | undefined {
    const isTold = this.#lostAt !== undefined && Date.now() - Date.parse(this.#lostAt) < TOLD_FOR_MS;
    return isTold ? this.#lostAt : undefined;
  }

  /**
   * Calls back whenever the known epoch is over, before any answer from the next one is given to its caller.
   * What is in memory of the epoch is to be dropped then. @returns ends it
   */
  onEnd(listener: () => void): () => void {
    this.#endListeners.add(listener);
    return () => {
      this.#endListeners.delete(listener);
    };
  }

  /** Learns whether another process found that data is lost. */
  async look(): Promise<void> {
    this.#lostAt = (await this.redis.hget(this.keys.epoch, 'lost_at')) ?? undefined;
  }

  /** Takes note of what an answer says. Answers are noted in the order in which Redis gave them. */
  note({ epoch, commits }: HistoryPoint): void {
    const before = this.#known;
    if (epoch === before.epoch) {
      this.#known = { epoch, commits: Math.max(commits, before.commits) };
      return;
    }
    this.#known = { epoch, commits };
    if (before.epoch !== '') {
      this.log.warn({ epoch, before: before.epoch }, 'a new epoch has begun; clients load everything anew');
      this.#endListeners.forEach((listener) => {
        listener();
      });
    }
  }

  /**
   * Begins a new epoch unless the journals in this Redis can be relied on. They can when this is the Redis
   * they were written to, or when it was started again with all that it had confirmed: it writes each change
   * to its file before it confirms it (`appendonly yes`, `appendfsync always`), and has not taken over from
   * another that it may have lagged behind.
   *
   * @param isDamaged whether the journals are known not to be what they were
   */
  async check(isDamaged = false): Promise<void> {
    const { redis, keys } = this;
    const stored = await redis.hgetall(keys.epoch);
    const { epoch = '', run_id: knownRun = '', commits = '0' } = stored;
    const run = fieldOf(await redis.info('server'), 'run_id');
    const isLost = isDamaged || this.#isLost(epoch, Number(commits));
    if (isLost || epoch === '' || knownRun !== run) {
      const isSound = !isLost && epoch !== '' && (await keepsEverything(redis));
      const lostAt = isLost ? new Date().toISOString() : '';
      const next = isSound ? '' : randomUUID();
      await redis.eval(NOTE_EPOCH, 1, keys.epoch, epoch, knownRun, run, next, lostAt);
      if (isLost) {
        this.log.error({ epoch, run }, 'Redis no longer has what was stored in it: a new epoch begins');
      }
    }
    await this.#read();
  }

  async #read(): Promise<void> {
    const { epoch = '', commits = '0', lost_at: lostAt } = await this.redis.hgetall(this.keys.epoch);
    this.#lostAt = lostAt;
    this.note({ epoch, commits: Number(commits) });
  }

  #isLost(epoch: string, commits: number): boolean {
    const known = this.#known;
    return known.epoch !== '' && (epoch === '' || (epoch === known.epoch && commits < known.commits));
  }
}

async function keepsEverything(redis: Redis): Promise<boolean> {
  const tookOver = fieldOf(await redis.info('replication'), 'second_repl_offset') !== '-1';
  return (
    !tookOver &&
    (await settingOf(redis, 'appendonly')) === 'yes' &&
    (await settingOf(redis, 'appendfsync')) === 'always'
  );
}

/** Undefined where the server does not tell, as some that are rented do not. */
export async function settingOf(redis: Redis, name: string): Promise<string | undefined> {
  try {
    const answer: unknown = await redis.config('GET', name);
    return Array.isArray(answer) ? String(answer[1]) : undefined;
  } catch {
    return undefined;
  }
}

/** What INFO says under a name; empty where it says nothing. */
export function fieldOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
}
