import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { StartupError } from '../../config/startup-error';
import { ServiceError } from '../../domain/service-error';
import type { Log } from '../../ports/log';
import { Inventory } from './inventory';
import type { JournalScripts } from './journal-scripts';
import { type Complaints, complaintsOf } from './preconditions';
import { asking, connectionFailure, unavailable } from './redis-connection';
import type { RedisHistory } from './redis-history';
import type { RedisKeys } from './redis-keys';

/** Time (ms) between two looks at Redis, and for which one proof that it can be written to counts. */
const LOOK_EVERY_MS = 2000;

/** Time (ms) within which Redis must answer to count as working. */
const PATIENCE_MS = 800;

/** What a watch is made of. */
export interface RedisWatchParts {
  readonly redis: Redis;
  readonly keys: RedisKeys;
  readonly scripts: JournalScripts;
  readonly history: RedisHistory;
  readonly log: Log;
  /** Time (ms) between two looks. @default 2000 */
  readonly lookEvery?: number;
}

/**
 * Looks again and again whether Redis is as it must be and still has what was stored in it, also where
 * nobody asks for anything.
 */
export class RedisWatch {
  #complaints: Complaints = { refusals: [], warnings: [] };
  /** Why the last look failed. */
  #failure: string | undefined;
  #told: readonly string[] = [];
  #proof: { readonly at: number; readonly written: Promise<void> } | undefined;
  #isOver = false;

  readonly #inventory: Inventory;

  constructor(private readonly parts: RedisWatchParts) {
    this.#inventory = new Inventory(parts.redis, parts.keys);
  }

  /** Sentences that say what is wrong and what to do. */
  get warnings(): readonly string[] {
    const { refusals, warnings } = this.#complaints;
    const { lostAt } = this.parts.history;
    return [
      ...(this.#failure === undefined ? [] : [this.#failure]),
      ...refusals,
      ...warnings,
      ...(this.#inventory.isUnsound
        ? ['Redis has lists that do not fit what is stored, so that totals may be wrong: restore a copy.']
        : []),
      ...(lostAt === undefined
        ? []
        : [
            `Redis no longer had what was stored in it at ${lostAt}: restore a copy if it was not meant to be. This is said for a day.`,
          ]),
    ];
  }

  /**
   * Begins to look.
   *
   * @throws StartupError when Redis is not as it must be.
   */
  async begin(): Promise<void> {
    await this.#read();
    const [refusal] = this.#complaints.refusals;
    if (refusal !== undefined) {
      throw new StartupError(`REDIS_URL names a Redis that cannot be used. ${refusal}`);
    }
    this.#tell();
    void this.#lookOn();
  }

  /** Looks once. Never rejects: what is wrong is among the warnings, and in the log. */
  async look(): Promise<void> {
    try {
      await this.#read();
      this.#failure = undefined;
    } catch (error) {
      const reason = connectionFailure(this.parts.redis) ?? error;
      this.#failure = reason instanceof ServiceError ? reason.message : unavailable(reason).message;
    }
    this.#tell();
  }

  /**
   * Proves that something can be stored. Callers of the same moment share one proof.
   *
   * @throws ServiceError `unavailable`, also when there is no answer in time.
   */
  prove(): Promise<void> {
    const now = performance.now();
    if (this.#proof === undefined || now - this.#proof.at > LOOK_EVERY_MS) {
      this.#proof = { at: now, written: this.#write() };
    }
    return this.#proof.written;
  }

  end(): void {
    this.#isOver = true;
  }

  async #write(): Promise<void> {
    const { redis, keys } = this.parts;
    const late = delay(PATIENCE_MS, undefined, { ref: false }).then(() => {
      throw unavailable();
    });
    await Promise.race([asking(() => redis.hset(keys.epoch, 'checked_at', new Date().toISOString())), late]);
  }

  async #read(): Promise<void> {
    const { redis, keys, scripts, history, log } = this.parts;
    // Reads nothing but the history: what it finds lost, it begins anew.
    await scripts.read('read', keys.of(''), [], []);
    await asking(() => history.look());
    this.#complaints = complaintsOf(await asking(() => redis.info()));
    const { goneSessions, goneTexts } = await this.#inventory.step();
    if (goneSessions + goneTexts > 0) {
      log.error({ goneSessions, goneTexts }, 'Redis no longer has records that were stored in it');
      await history.check(true);
    }
  }

  /** Logs each sentence once, when it becomes true. */
  #tell(): void {
    const { warnings } = this;
    for (const warning of warnings.filter((sentence) => !this.#told.includes(sentence))) {
      this.parts.log.warn({}, warning);
    }
    this.#told = warnings;
  }

  async #lookOn(): Promise<void> {
    const { lookEvery = LOOK_EVERY_MS } = this.parts;
    for (;;) {
      await delay(lookEvery, undefined, { ref: false });
      if (this.#isOver) {
        return;
      }
      await this.look();
    }
  }
}
