import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { AFTER_ALL_RUNS, type EndedRun, type Launch } from '../../ports/store';
import type { OwnerStorage, Storage } from '../storage';
import type { StoredRecords } from '../stored-records';
import type { CompleteStoresOptions } from '../stores-options';
import { countTotals } from './count-totals';
import { JournalScripts } from './journal-scripts';
import type { RedisBus } from './redis-bus';
import { asking } from './redis-connection';
import { RedisHistory } from './redis-history';
import { RedisJournal } from './redis-journal';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { RedisOwner } from './redis-owner';
import { RedisWatch } from './redis-watch';

/** Answers of one owner that one step of `trim` may drop. */
const STEP = 500;

const HOUR_MS = 3_600_000;

const EndedRunMessage = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ sessionId: v.string(), run: v.number(), by: v.string() }),
);

const StoredNumber = v.pipe(v.string(), v.digits(), v.transform(Number), v.safeInteger());

/** What the storage is made of. */
export interface RedisStorageParts extends CompleteStoresOptions {
  readonly redis: Redis;
  readonly bus: RedisBus;
  readonly keys: RedisKeys;
  readonly records: StoredRecords;
  /** Time (ms) between two looks whether Redis is as it must be. @default 2000 */
  readonly lookEvery?: number;
}

/** The state of all owners, in one Redis that any number of processes share. */
export class RedisStorage implements Storage {
  readonly #owners: RedisOwner[] = [];
  readonly #processId = randomUUID();
  readonly #history: RedisHistory;
  readonly #scripts: JournalScripts;
  readonly #watch: RedisWatch;
  #tellOfEnded: (ended: EndedRun) => void = () => undefined;
  /** Owners whose journals are yet to be trimmed in this round. */
  #toTrim: string[] = [];

  constructor(private readonly parts: RedisStorageParts) {
    const { redis, keys, log } = parts;
    this.#history = new RedisHistory(redis, keys, log);
    this.#scripts = new JournalScripts(redis, keys, this.#history);
    this.#watch = new RedisWatch({ ...parts, scripts: this.#scripts, history: this.#history });
    this.#history.onEnd(() => {
      // Sessions of an epoch that is over may be gone: those that are still there are taken up again.
      this.#tellOfEnded({ sessionId: null, run: AFTER_ALL_RUNS });
    });
  }

  get warnings(): readonly string[] {
    return this.#watch.warnings;
  }

  /**
   * Settles once Redis was looked at, and it is told of runs that end elsewhere.
   *
   * @throws StartupError when Redis is not as it must be.
   */
  async begin(): Promise<void> {
    const { redis, bus, keys, log } = this.parts;
    await this.#watch.begin();
    await countTotals(redis, keys);
    await bus.listen(keys.endedRuns, (message) => {
      const ended = v.safeParse(EndedRunMessage, message);
      if (ended.success) {
        const { by, ...run } = ended.output;
        if (by !== this.#processId) {
          this.#tellOfEnded(run);
        }
      } else {
        log.warn({ issues: ended.issues }, 'another process sent something that cannot be read');
      }
    });
  }

  of(owner: string): OwnerStorage {
    const storage = new RedisOwner(owner, {
      ...this.parts,
      scripts: this.#scripts,
      history: this.#history,
      processId: this.#processId,
    });
    this.#owners.push(storage);
    return storage;
  }

  onRunsEndedElsewhere(listener: (ended: EndedRun) => void): void {
    this.#tellOfEnded = listener;
  }

  async toBeRun(): Promise<readonly Launch[]> {
    const { redis, keys, log } = this.parts;
    const stored = Object.entries(await asking(() => redis.hgetall(keys.toBeRun)));
    const launches = stored.map(([name, launch]) => ({ name, launch: launchOf(name, launch) }));
    for (const { name, launch } of launches) {
      if (launch === undefined) {
        log.error({ name }, 'an entry of what is to be run is damaged and is dropped');
        await asking(() => redis.hdel(keys.toBeRun, name));
      }
    }
    return launches.flatMap(({ launch }) => launch ?? []);
  }

  async trim(): Promise<boolean> {
    const { redis, keys } = this.parts;
    if (this.#toTrim.length === 0) {
      this.#toTrim = await asking(() => redis.smembers(keys.owners));
    }
    const owner = this.#toTrim.pop();
    if (owner !== undefined) {
      if (await this.#trimOf(keys.of(owner))) {
        this.#toTrim.push(owner);
      }
    }
    return this.#toTrim.length > 0;
  }

  /** @returns whether there may be more to drop */
  async #trimOf(owned: OwnerKeys): Promise<boolean> {
    const { retention, answerRetention, clock } = this.parts;
    const now = clock();
    if (await new RedisJournal(this.#scripts, owned).trim(retention, now)) {
      return true;
    }
    const expired = new Date(now.getTime() - answerRetention.maxAgeHours * HOUR_MS).toISOString();
    const keys = [owned.answers, owned.totals];
    return (await this.#scripts.trim('trimAnswers', owned, keys, [expired, owned.answer(), STEP])) === STEP;
  }

  check(): Promise<void> {
    return this.#watch.prove();
  }

  close(): Promise<void> {
    this.#watch.end();
    this.#owners.forEach((owner) => {
      owner.close();
    });
    return Promise.resolve();
  }
}

/** What a field of the hash of what is to be run says; undefined where it is damaged. */
function launchOf(name: string, stored: string): Launch | undefined {
  const [encoded, sessionId, ...rest] = name.split(' ');
  const owner = encoded === undefined ? undefined : decoded(encoded);
  const launch = v.safeParse(StoredNumber, stored);
  return owner === undefined || sessionId === undefined || rest.length > 0 || !launch.success
    ? undefined
    : { owner, sessionId, launch: launch.output };
}

function decoded(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) {
      return undefined;
    }
    throw error;
  }
}
