import { spawnSync } from 'node:child_process';
import { Redis } from 'ioredis';
import type { Backend } from '../../ports/backend';
import type { Store } from '../../ports/store';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { NOVEL } from '../../testing/sample-work';
import { openClustered } from './clustered-backend';
import { RedisKeys } from './redis-keys';

const OWNER = 'ada';
const PAGE = { page: 1, pageSize: 9 };
const LOST = 'Redis no longer has what was stored in it: a new epoch begins';

/** A process, and what it has published. */
interface Server {
  readonly backend: Backend;
  readonly store: Store;
  readonly log: RecordedLog;
  /** Settles with the error that ends what is published. */
  readonly ended: Promise<unknown>;
  readonly heard: string[];
}

describe('A Redis that loses what was stored in it, under processes that run', () => {
  let redis: RedisProcess;
  let administrator: Redis;
  const servers: Server[] = [];

  /** @param lookEvery time (ms) after which it looks by itself whether anything is lost */
  const open = async (lookEvery = 50): Promise<Server> => {
    const log = new RecordedLog();
    const backend = await openClustered(redis.url, log, { lookEvery });
    const store = backend.stores.of(OWNER);
    const heard: string[] = [];
    const ended = new Promise<unknown>((resolve) => {
      store.published.subscribe({ next: ({ json }) => heard.push(json), error: resolve });
    });
    await store.publishedFrom();
    const server = { backend, store, log, ended, heard };
    servers.push(server);
    return server;
  };
  /** Copies all that is stored to where Redis reads it from again. */
  const copy = (): Promise<unknown> => administrator.save();
  const putBackCopy = (): Promise<unknown> => administrator.call('DEBUG', 'RELOAD', 'NOSAVE');
  /** The same, while this process stands still: nothing that it does comes before. */
  const putBackCopyMeanwhile = (): void => {
    const script = `
      const { Redis } = require('ioredis');
      const redis = new Redis('${redis.url}');
      redis.call('DEBUG', 'RELOAD', 'NOSAVE').then(() => redis.disconnect());`;
    spawnSync(process.execPath, ['-e', script]);
  };

  beforeEach(async () => {
    // Without an append-only file: DEBUG RELOAD reads the copy alone.
    redis = await RedisProcess.start('everysec', { appendonly: 'no' });
    administrator = new Redis(redis.url);
  });

  afterEach(async () => {
    for (const { backend } of servers.splice(0)) {
      await backend.queue.close();
      await backend.close();
    }
    administrator.disconnect();
    await redis.remove();
  });

  it('is noticed by the next change, which is made in a new epoch', async () => {
    const { store, ended, log, heard } = await open();
    const { id } = await store.createSession(NOVEL);
    const before = await store.journal.end();
    await administrator.flushall();
    await store.createSession(NOVEL);
    const after = await store.journal.end();

    expect(await ended).toEqual(jasmine.objectContaining({ name: 'EpochEnded' }));
    expect(after).toEqual({ epoch: jasmine.any(String), offset: 1 });
    expect(after.epoch).not.toBe(before.epoch);
    expect(heard).toHaveSize(1);
    expect(log.errors).toEqual([LOST]);
    await expectAsync(store.findSession(id)).toBeRejectedWithError(/no session/);
  });

  it('is noticed by the next read, which has true totals', async () => {
    const { store } = await open();
    await store.createSession(NOVEL);
    await administrator.flushdb();

    expect((await store.listSessions(PAGE)).total).toBe(0);
    expect((await store.overview()).sessions.total).toBe(0);
  });

  it('is noticed where nobody asks for anything, and told', async () => {
    const { ended, backend } = await open();
    await administrator.flushall();
    await ended;

    expect(backend.stores.warnings.join()).toContain('no longer had what was stored in it');
  });

  it('has processes that noticed nothing follow into the same epoch, without an event of it', async () => {
    const never = 2 ** 30;
    const [one, other] = [await open(never), await open(never)];
    await one.store.createSession(NOVEL);
    await administrator.flushall();
    for (let session = 0; session < 5; session += 1) {
      await one.store.createSession(NOVEL);
    }
    await other.ended;

    expect(other.heard.length).toBeLessThanOrEqual(1);
    expect(await other.store.journal.end()).toEqual(await one.store.journal.end());
    expect(other.log.errors).toEqual([]);
  });

  it('ends the runs of what may be gone', async () => {
    const { backend, store } = await open();
    const ended: unknown[] = [];
    backend.stores.endedRuns.subscribe((run) => ended.push(run));
    await store.createSession(NOVEL);
    await administrator.flushall();
    await store.listSessions(PAGE);

    expect(ended).toEqual([{ sessionId: null, run: Number.MAX_SAFE_INTEGER }]);
  });

  it('is noticed where an older copy was put back that has the same epoch', async () => {
    const { store, ended, log } = await open();
    const { id } = await store.createSession(NOVEL);
    await copy();
    await store.change(id, (work) => work.rename('The storm'));
    const before = await store.journal.end();
    await putBackCopy();
    await store.change(id, (work) => work.giveFeedback('darker', null));

    expect((await store.findSession(id)).title).toBe(NOVEL.title);
    expect((await store.journal.end()).epoch).not.toBe(before.epoch);
    expect(await ended).toEqual(jasmine.objectContaining({ name: 'EpochEnded' }));
    expect(log.errors).toEqual([LOST]);
  });

  it('stores no change that was worked out before the older copy was put back', async () => {
    const { store } = await open();
    const { id } = await store.createSession(NOVEL);
    await copy();
    await store.change(id, (work) => work.rename('The storm'));
    const titles: string[] = [];
    await store.change(id, (work) => {
      titles.push(work.session.title);
      if (titles.length === 1) {
        putBackCopyMeanwhile();
      }
      work.giveFeedback('darker', null);
    });

    expect(titles).toEqual(['The storm', NOVEL.title]);
  });

  it('goes on in the same epoch where a copy has everything', async () => {
    const { store, log } = await open();
    await store.createSession(NOVEL);
    const before = await store.journal.end();
    await copy();
    await putBackCopy();
    await store.createSession(NOVEL);

    expect(await store.journal.end()).toEqual({ ...before, offset: 2 });
    expect(log.errors).toEqual([]);
  });

  for (const damage of ['del', 'set'] as const) {
    it(`begins anew where the number of the newest event was lost (${damage})`, async () => {
      const { store } = await open();
      const { id } = await store.createSession(NOVEL);
      const before = await store.journal.end();
      const { offset } = new RedisKeys('creative-autogpt').of(OWNER);
      await (damage === 'del' ? administrator.del(offset) : administrator.set(offset, 'many'));
      await store.change(id, (work) => work.rename('The storm'));
      const after = await store.journal.end();

      expect(after.offset).toBe(1);
      expect(after.epoch).not.toBe(before.epoch);
    });
  }

  it('goes on where its scripts and functions are gone', async () => {
    const { store, log } = await open();
    await store.createSession(NOVEL);
    const before = await store.journal.end();
    await administrator.script('FLUSH');
    await administrator.function('FLUSH');
    await store.createSession(NOVEL);

    expect(await store.journal.end()).toEqual({ ...before, offset: 2 });
    expect(log.errors).toEqual([]);
  });
});
