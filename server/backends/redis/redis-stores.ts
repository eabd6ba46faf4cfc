import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Subject } from 'rxjs';
import * as v from 'valibot';
import type { Log } from '../../ports/log';
import type { RedisBus } from './redis-bus';
import { asking } from './redis-connection';
import type { RedisKeys } from './redis-keys';
import { AppendedEvents } from '../appended-events';
import {
  AFTER_ALL_RUNS,
  type DamagedCount,
  type EndedRun,
  type Launch,
  type Store,
  type Stores,
} from '../../ports/store';
import { StoredRecords } from '../stored-records';
import type { StoresOptions } from '../stores-options';
import { checkHistory } from './check-history';
import { JournalScripts } from './journal-scripts';
import { RedisStore } from './redis-store';

/** Entries of one journal that one step of `trim` may drop. */
const TRIM_STEP = 500;

const EndedRunMessage = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ sessionId: v.string(), run: v.number(), by: v.string() }),
);

const StoredNumber = v.pipe(v.string(), v.digits(), v.transform(Number), v.safeInteger());

/** What the stores are made of. */
export interface RedisStoresParts extends Required<StoresOptions> {
  readonly redis: Redis;
  readonly bus: RedisBus;
  readonly keys: RedisKeys;
  readonly log: Log;
}

/** What all processes of a server remember, in one Redis. */
export class RedisStores implements Stores {
  readonly #stores = new Map<string, RedisStore>();
  readonly #processId = randomUUID();
  readonly #endedRuns = new Subject<EndedRun>();
  readonly #appended = new AppendedEvents();
  readonly #scripts: JournalScripts;
  readonly #records: StoredRecords;
  /** Owners whose journals are yet to be trimmed in this round. */
  #toTrim: string[] = [];

  readonly endedRuns = this.#endedRuns.asObservable();
  readonly appended = this.#appended.events;

  constructor(private readonly parts: RedisStoresParts) {
    const { redis, keys } = parts;
    this.#records = new StoredRecords(parts.log);
    this.#scripts = new JournalScripts(redis, keys.prefix, () => checkHistory(redis, keys));
  }

  /** Settles once it hears of runs that are over. */
  async begin(): Promise<void> {
    const { bus, keys, log } = this.parts;
    await bus.listen(keys.endedRuns, (message) => {
      const ended = v.safeParse(EndedRunMessage, message);
      if (ended.success) {
        const { by, ...run } = ended.output;
        // What this process has ended it knows already.
        if (by !== this.#processId) {
          this.#end(run);
        }
      } else {
        log.warn({ issues: ended.issues }, 'another process sent something that cannot be read');
      }
    });
  }

  get damagedRecords(): DamagedCount {
    return this.#records.damagedCount;
  }

  of(owner: string): Store {
    const known = this.#stores.get(owner);
    if (known !== undefined) {
      return known;
    }
    const store = this.#make(owner);
    this.#stores.set(owner, store);
    return store;
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
    const { redis, keys, retention, clock } = this.parts;
    if (this.#toTrim.length === 0) {
      this.#toTrim = await asking(() => redis.smembers(keys.owners));
    }
    const owner = this.#toTrim.pop();
    if (owner !== undefined) {
      const isMore = await asking(() => this.#make(owner).journal.trim(retention, clock(), TRIM_STEP));
      if (isMore) {
        this.#toTrim.push(owner);
      }
    }
    return this.#toTrim.length > 0;
  }

  async check(): Promise<void> {
    await asking(() => this.parts.redis.hset(this.parts.keys.epoch, 'checked_at', new Date().toISOString()));
  }

  close(): Promise<void> {
    this.#stores.forEach((store) => {
      store.close();
    });
    this.#endedRuns.complete();
    return Promise.resolve();
  }

  #make(owner: string): RedisStore {
    return new RedisStore(owner, {
      ...this.parts,
      scripts: this.#scripts,
      processId: this.#processId,
      records: this.#records,
      appended: this.#appended.add,
      endRun: (ended) => {
        this.#end(ended);
      },
    });
  }

  #end(ended: EndedRun): void {
    if (ended.run === AFTER_ALL_RUNS) {
      this.#records.forget(ended.sessionId);
    }
    this.#endedRuns.next(ended);
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
