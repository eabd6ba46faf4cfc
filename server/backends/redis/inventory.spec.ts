import { setImmediate } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Backend } from '../../ports/backend';
import type { Store } from '../../ports/store';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { NOVEL, OUTCOME, PLAN } from '../../testing/sample-work';
import { openClustered } from './clustered-backend';
import { type OwnerKeys, RedisKeys } from './redis-keys';

const OWNER = 'ada lovelace';
const PAGE = { page: 1, pageSize: 9 };
const GONE = 'Redis no longer has records that were stored in it';

describe('What is listed in Redis', () => {
  let redis: RedisProcess;
  let administrator: Redis;
  let backend: Backend;
  let store: Store;
  let log: RecordedLog;
  let owned: OwnerKeys;
  let id: string;

  beforeAll(async () => {
    redis = await RedisProcess.start();
    administrator = new Redis(redis.url);
  });

  beforeEach(async () => {
    await administrator.flushall();
    log = new RecordedLog();
    backend = await openClustered(redis.url, log, { lookEvery: 20 });
    store = backend.stores.of(OWNER);
    owned = new RedisKeys('creative-autogpt').of(OWNER);
    await store.createSession(NOVEL);
    ({ id } = await store.createSession(NOVEL));
    const [first = ''] = await store.change(id, (work) => {
      work.plan(PLAN);
      return work.tasks.map(({ task_id: taskId }) => taskId);
    });
    await store.change(id, (work) => work.begin(first, { retry: false, rewrite: false }));
    await store.change(id, (work) => work.finish(first, OUTCOME));
  });

  afterEach(async () => {
    await backend.queue.close();
    await backend.close();
  });

  afterAll(async () => {
    administrator.disconnect();
    await redis.remove();
  });

  /** Settles once the process has looked that often. */
  const looksTaken = async (count: number): Promise<void> => {
    const looks = async (): Promise<number> =>
      Number(/cmdstat_smembers:calls=(\d+)/.exec(await administrator.info('commandstats'))?.[1] ?? 0);
    const before = await looks();
    while ((await looks()) < before + count) {
      await setImmediate();
    }
  };

  it('is counted without a session whose record is gone, and clients load everything anew', async () => {
    const before = await store.journal.end();
    const told = log.next(GONE);
    await administrator.del(owned.session(id));
    await told;
    const { total, items } = await store.listSessions(PAGE);
    const overview = await store.overview();

    expect([total, items.length]).toEqual([1, 1]);
    expect([overview.sessions.total, overview.tasks.total, overview.characters_written]).toEqual([1, 0, 0]);
    expect((await store.listTasks(PAGE)).total).toBe(0);
    expect((await store.journal.end()).epoch).not.toBe(before.epoch);
    expect(backend.stores.warnings.join()).toContain('no longer had what was stored in it');
  });

  it('keeps nothing that was set aside of a session whose record is gone', async () => {
    await administrator.hset(owned.setAside(id), 'task', 'damaged');
    const told = log.next(GONE);
    await administrator.del(owned.session(id));
    await told;

    expect(await administrator.exists(owned.setAside(id))).toBe(0);
  });

  it('has a task whose text is gone as a damaged one, which is written anew', async () => {
    const told = log.next(GONE);
    await administrator.del(owned.texts(id));
    await told;
    await store.tasksOf(id);

    expect(backend.stores.damagedRecords).toEqual({ sessions: 0, tasks: 1 });
  });

  it('has a running session run again that is missing among what is to be run', async () => {
    await store.change(id, (work) => {
      work.start();
    });
    await administrator.del(new RedisKeys('creative-autogpt').toBeRun);
    await looksTaken(3);

    expect((await backend.stores.toBeRun()).map(({ sessionId }) => sessionId)).toEqual([id]);
  });

  for (const list of ['sessions', 'tasks'] as const) {
    for (const damage of ['del', 'set'] as const) {
      it(`is told to be wrong where a list of ${list} is (${damage})`, async () => {
        const told = log.next(
          'Redis has lists that do not fit what is stored, so that totals may be wrong: restore a copy.',
        );
        const key = owned[list]();
        await administrator.del(key);
        await (damage === 'set' ? administrator.set(key, 'x') : undefined);

        await expectAsync(told).toBeResolved();
      });
    }
  }

  it('is let alone where nothing is missing', async () => {
    const before = await store.journal.end();
    await store.createSession(NOVEL);
    await store.deleteSession(id);
    await looksTaken(3);

    expect((await store.journal.end()).epoch).toBe(before.epoch);
    expect(log.lines).toEqual([]);
  });
});
