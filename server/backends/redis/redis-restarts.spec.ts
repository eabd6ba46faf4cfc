import { Redis } from 'ioredis';
import type { Backend } from '../../ports/backend';
import { openClustered } from './clustered-backend';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import type { Store } from '../../ports/store';
import { NOVEL } from '../../testing/sample-work';

const OWNER = 'ada';
const PATIENCE_MS = 60_000;

describe('Redis that is started again', () => {
  let redis: RedisProcess;
  let backend: Backend;
  let store: Store;

  const use = async (persistence: 'always' | 'everysec'): Promise<void> => {
    redis = await RedisProcess.start(persistence);
    backend = await openClustered(redis.url, new RecordedLog());
    store = backend.stores.of(OWNER);
  };
  const restart = async (): Promise<void> => {
    await redis.kill();
    await redis.start();
  };

  afterEach(async () => {
    await backend.queue.close();
    await backend.close();
    await redis.remove();
  });

  it(
    'has the same epoch where it confirms nothing before it is on disk, and goes on after the same offset',
    async () => {
      await use('always');
      const { id } = await store.createSession(NOVEL);
      const before = await store.journal.end();
      await restart();
      await store.change(id, (work) => work.rename('The storm'));

      expect(await store.journal.end()).toEqual({ ...before, offset: before.offset + 1 });
    },
    PATIENCE_MS,
  );

  it(
    'begins a new epoch where it may have lost what it confirmed',
    async () => {
      await use('everysec');
      await store.createSession(NOVEL);
      const before = await store.journal.end();
      await restart();
      await store.createSession(NOVEL);

      expect((await store.journal.end()).epoch).not.toBe(before.epoch);
      expect(await store.journal.reachesBackTo(before)).toBeFalse();
    },
    PATIENCE_MS,
  );

  it(
    'begins a new epoch where the name of the old one was deleted, as after a copy was put back',
    async () => {
      await use('always');
      const { id } = await store.createSession(NOVEL);
      const before = await store.journal.end();
      await restart();
      const administrator = new Redis(redis.url);
      await administrator.del('creative-autogpt:epoch');
      administrator.disconnect();

      expect((await store.journal.end()).epoch).not.toBe(before.epoch);
      expect(await store.journal.reachesBackTo(before)).toBeFalse();
      expect((await store.findSession(id)).id).toBe(id);
    },
    PATIENCE_MS,
  );

  it(
    'is followed on by who listened, who hears of each event once',
    async () => {
      await use('always');
      const heard: number[] = [];
      const listening = store.published.subscribe({
        next: ({ offset }) => heard.push(offset),
        error: fail,
      });
      await store.publishedFrom();
      await store.createSession(NOVEL);
      await restart();
      await store.createSession(NOVEL);
      listening.unsubscribe();

      expect(heard).toEqual([1, 2]);
    },
    PATIENCE_MS,
  );

  it(
    'ends the published events of an epoch that is over, so that nobody takes other events for their successors',
    async () => {
      await use('everysec');
      const ended = new Promise((resolve) => {
        store.published.subscribe({ error: resolve });
      });
      await store.publishedFrom();
      await store.createSession(NOVEL);
      await restart();
      await store.createSession(NOVEL);

      expect(await ended).toEqual(jasmine.objectContaining({ name: 'EpochEnded' }));
    },
    PATIENCE_MS,
  );
});

describe('A server whose Redis is not there', () => {
  it('does not start, and says what to do', async () => {
    const redis = await RedisProcess.start();
    await redis.kill();

    await expectAsync(openClustered(redis.url, new RecordedLog())).toBeRejectedWithError(
      /^REDIS_URL names a Redis that cannot be used/,
    );

    await redis.remove();
  });
});
