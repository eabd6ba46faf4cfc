import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RedisBus } from './redis-bus';
import { connectRedis, connectRedisToWait } from './redis-connection';
import { RedisKeys } from './redis-keys';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import type { Store } from '../../ports/store';
import { StoredRecords } from '../stored-records';
import { StorageStores } from '../stores';
import { withDefaults } from '../stores-options';
import { NOVEL, PLAN } from '../../testing/sample-work';
import { RedisStorage } from './redis-storage';

/** Time (ms) that a change waits for Redis. */
const PATIENCE_MS = 10_000;

describe('RedisStorage', () => {
  let redisProcess: RedisProcess;
  let redis: Redis;
  let bus: RedisBus;
  let keys: RedisKeys;
  let log: RecordedLog;
  let stores: StorageStores;
  let store: Store;

  beforeAll(async () => {
    redisProcess = await RedisProcess.start();
  });
  beforeEach(async () => {
    log = new RecordedLog();
    keys = new RedisKeys(randomUUID());
    redis = connectRedis(redisProcess.url, log);
    bus = new RedisBus(connectRedisToWait(redisProcess.url, log));
    const records = new StoredRecords(log);
    const complete = withDefaults({});
    const storage = new RedisStorage({ ...complete, redis, bus, keys, records, log });
    await storage.begin();
    stores = new StorageStores(storage, records, complete.quota);
    store = stores.of('ada');
  });
  afterEach(async () => {
    jasmine.clock().uninstall();
    await stores.close();
    bus.close();
    redis.disconnect();
  });
  afterAll(async () => {
    await redisProcess.remove();
  });

  const lost = (): Promise<never> => Promise.reject(new Error('Connection is closed.'));

  it('drops what is to be run where that names nothing, and says so once', async () => {
    await redis.hset(keys.toBeRun, {
      'ada session-1': '1',
      'ada session-2': 'NaN',
      '%FF session-3': '1',
      ada: '1',
      'ada session 4': '1',
    });
    const launches = await stores.toBeRun();
    await stores.toBeRun();

    expect(launches).toEqual([{ owner: 'ada', sessionId: 'session-1', launch: 1 }]);
    expect(log.errors).toEqual(Array(4).fill('an entry of what is to be run is damaged and is dropped'));
  });

  for (const field of ['version', 'sequence'] as const) {
    it(`takes a session for damaged whose ${field} is, and deletes it`, async () => {
      const { id } = await store.createSession(NOVEL);
      await redis.hset(keys.of('ada').session(id), field, 'x');
      const { items } = await store.listSessions({ page: 1, pageSize: 9 });

      expect(items.map(({ title, damaged }) => [title, damaged])).toEqual([[NOVEL.title, true]]);
      await expectAsync(store.change(id, (work) => work.rename('new'))).toBeRejectedWithError(/is damaged/);

      await store.deleteSession(id);

      expect((await store.overview()).sessions.total).toBe(0);
    });
  }

  it('counts no characters where their number is damaged', async () => {
    await redis.set(keys.of('ada').characters, 'many');

    expect((await store.overview()).characters_written).toBe(0);
  });

  it('lists the other tasks where an entry of their list is damaged', async () => {
    const { id } = await store.createSession(NOVEL);
    await store.change(id, (work) => {
      work.plan(PLAN);
    });
    await redis.zadd(keys.of('ada').tasks(), 1, 'nonsense');

    expect((await store.listTasks({ page: 1, pageSize: 9 })).items).toHaveSize(PLAN.length);
  });

  it('trims a journal without reading its entries, which are long', async () => {
    await store.createSession(NOVEL);
    await store.createSession(NOVEL);
    const reading = spyOn(redis, 'xrange').and.callThrough();
    await stores.trim();

    expect(reading).not.toHaveBeenCalled();
    expect(await redis.xlen(keys.of('ada').journal)).toBe(2);
  });

  /** Loses the next command, the one that loads what a change is decided by. */
  const loseTheNext = (): void => {
    const send = redis.sendCommand.bind(redis);
    const sending = spyOn(redis, 'sendCommand').and.callFake((...command) =>
      sending.calls.count() === 1 ? lost() : send(...command),
    );
  };

  it('makes a change although Redis was out of reach when it was decided', async () => {
    const { id } = await store.createSession(NOVEL);
    loseTheNext();
    await store.change(id, (work) => work.rename('The storm'));

    expect((await store.findSession(id)).title).toBe('The storm');
  });

  it('makes a session although Redis was out of reach when it was asked how many there are', async () => {
    loseTheNext();
    const { id } = await store.createSession(NOVEL);

    expect((await store.findSession(id)).id).toBe(id);
  });

  it('refuses a change at once whose session is not there', async () => {
    await store.createSession(NOVEL);
    const sending = spyOn(redis, 'sendCommand').and.callThrough();

    await expectAsync(store.change('nowhere', () => undefined)).toBeRejectedWithError(/no session/);
    expect(sending).toHaveBeenCalledTimes(1);
  });

  it('gives the result of a change that is made when it cannot be read back in time', async () => {
    store.published.subscribe();
    await store.publishedFrom();
    const isRead = new Promise<void>((resolve) => {
      const send = redis.sendCommand.bind(redis);
      spyOn(redis, 'sendCommand').and.callFake((command, ...stream) => {
        if (!command.args.includes('XRANGE')) {
          return send(command, ...stream);
        }
        resolve();
        return lost();
      });
    });
    jasmine.clock().install().mockDate(new Date());
    const created = store.createSession(NOVEL);
    await isRead;
    jasmine.clock().tick(PATIENCE_MS);

    await expectAsync(created).toBeResolved();
  });
});
