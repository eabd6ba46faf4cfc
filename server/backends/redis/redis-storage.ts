import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import type { EndedRun, Launch } from '../../ports/store';
import type { OwnerStorage, Storage } from '../storage';
import type { StoredRecords } from '../stored-records';
import type { CompleteStoresOptions } from '../stores-options';
import { checkHistory } from './check-history';
import { countTotals } from './count-totals';
import { JournalScripts } from './journal-scripts';
import type { RedisBus } from './redis-bus';
import { asking } from './redis-connection';
import { RedisJournal } from './redis-journal';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { RedisOwner } from './redis-owner';

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
}

/** The state of all owners, in one Redis that any number of processes share. */
export class RedisStorage implements Storage {
  readonly warnings: readonly string[] = [];
  readonly #owners: RedisOwner[] = [];
  readonly #processId = randomUUID();
  readonly #scripts: JournalScripts;
  #tellOfEnded: (ended: EndedRun) => void = () => undefined;
  /** Owners whose journals are yet to be trimmed in this round. */
  #toTrim: string[] = [];

  constructor(private readonly parts: RedisStorageParts) {
    const { redis, keys } = parts;
    this.#scripts = new JournalScripts(redis, keys, () => checkHistory(redis, keys));
  }

  /** Settles once it is told of runs that end elsewhere. */
  async begin(): Promise<void> {
    const { redis, bus, keys, log } = this.parts;
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
    const { redis, retention, answerRetention, clock } = this.parts;
    const now = clock();
    if (await new RedisJournal(redis, this.#scripts, owned).trim(retention, now)) {
      return true;
    }
    const expired = new Date(now.getTime() - answerRetention.maxAgeHours * HOUR_MS).toISOString();
    const keys = [owned.answers, owned.totals];
    return (await this.#scripts.trim('trimAnswers', keys, [expired, owned.answer(), STEP])) === STEP;
  }

  async check(): Promise<void> {
    await asking(() => this.parts.redis.hset(this.parts.keys.epoch, 'checked_at', new Date().toISOString()));
  }

  close(): Promise<void> {
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
