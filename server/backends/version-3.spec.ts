import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Session, Task } from '@creative-autogpt/protocol';
import { Redis } from 'ioredis';
import Database from 'libsql';
import * as v from 'valibot';
import { LOCAL_OWNER } from '../http/auth/owner';
import type { Backend } from '../ports/backend';
import { openClustered } from './redis/clustered-backend';
import { openEmbedded } from './embedded/embedded-backend';
import { RecordedLog } from '../testing/recorded-log';
import { RedisProcess } from '../testing/redis-process';
import { VERSION_3_REDIS } from '../testing/redis-version-3';
import { fileIdentity } from './embedded/check-journals';
import { VERSION_3_DATABASE, VERSION_3_NEWEST } from '../testing/sql-version-3';
import type { Store } from '../ports/store';
import { OUTCOME } from '../testing/sample-work';
import { useTemporaryDirectory } from '../testing/temporary-directory';
import { startAndPause } from '../testing/work-steps';

/** Sessions whose model told an odd usage, which was stored as it came. */
const ODD = ['session-empty', 'session-strings', 'session-fractions', 'session-negative'];
const FIRST_PAGE = { page: 1, pageSize: 20 };

/** What holds wherever it was kept. */
function describeTakenOver(open: (log: RecordedLog) => Promise<Backend>): void {
  let log: RecordedLog;
  let backend: Backend;
  let store: Store;
  beforeEach(async () => {
    log = new RecordedLog();
    backend = await open(log);
    store = backend.stores.of(LOCAL_OWNER);
  });
  afterEach(async () => {
    await backend.queue.close();
    await backend.close();
  });

  it('has all of its sessions, in their order, none of them damaged', async () => {
    const { items, total } = await store.listSessions(FIRST_PAGE);

    expect(items.map(({ id }) => id)).toEqual([
      'session-running',
      'session-waiting',
      ...[...ODD].reverse(),
      'session-created',
    ]);
    expect(total).toBe(7);
    expect(items.every((session) => v.is(Session, session) && session.damaged !== true)).toBeTrue();
    expect([log.lines, backend.stores.damagedRecords]).toEqual([[], { sessions: 0, tasks: 0 }]);
  });

  it('has all of its tasks', async () => {
    const { items, total } = await store.listTasks(FIRST_PAGE);

    expect([items.length, total]).toEqual([12, 12]);
    expect(items.every((task) => v.is(Task, task) && task.damaged !== true)).toBeTrue();
  });

  it('keeps fields that it does not know', async () => {
    expect((await store.findSession('session-created')).config).toEqual({ seed: 7, note: 'kept' });
  });

  it('counts what it kept', async () => {
    const { sessions, tasks, characters_written } = await store.overview();

    expect([sessions.created, sessions.running]).toEqual([1, 6]);
    expect([tasks.completed, tasks.pending_approval, tasks.running, tasks.pending]).toEqual([5, 1, 1, 5]);
    expect(characters_written).toBe(6 * Array.from(OUTCOME.result).length);
  });

  it('S9: has its running sessions go on, also those with an odd usage', async () => {
    const launches = await backend.stores.toBeRun();

    expect(launches.map(({ sessionId }) => sessionId).sort()).toEqual([...ODD, 'session-running'].sort());
    expect(launches.every(({ owner, launch }) => owner === LOCAL_OWNER && launch === 1)).toBeTrue();
  });

  for (const id of ODD) {
    it(`counts the odd usage of ${id} as nothing, and what is written next as ever`, async () => {
      const [outline, draft] = await store.tasksOf(id);
      const before = (await store.findSession(id)).tokens_used;
      await store.change(id, (work) => {
        work.claimRun(1, 'process-1');
        work.begin(draft?.task_id ?? '', { retry: false, rewrite: false });
        work.finish(draft?.task_id ?? '', OUTCOME);
      });

      expect([outline?.result, outline?.total_tokens, before]).toEqual([OUTCOME.result, 0, 0]);
      expect((await store.findSession(id)).tokens_used).toBe(42);
    });
  }

  it('S20: lets the text that waits be approved', async () => {
    await store.change('session-waiting', (work) => {
      work.decide('outline-waiting', { action: 'approve' });
    });

    expect(await store.findTask('outline-waiting')).toEqual(
      jasmine.objectContaining({ status: 'completed', result: OUTCOME.result }),
    );
    expect((await store.findSession('session-waiting')).feedback?.map(({ message }) => message)).toEqual([
      'More fog.',
    ]);
  });

  it('S15: remembers which commands were done', async () => {
    const pause = { id: 'c1', command: '{"event":"pause"}', sessionId: 'session-created' };

    expect(await store.once(pause, startAndPause)).toEqual({
      answer: { ok: true },
      isRepeated: true,
    });
  });

  it('S13: lets clients resume, and goes on with the numbers of its journal', async () => {
    const position = { epoch: 'epoch-3', offset: VERSION_3_NEWEST - 2 };
    const isThere = await store.journal.reachesBackTo(position);
    const read = await store.journal.read(position.offset, 9);
    await store.change('session-created', (work) => work.rename('renamed'));

    expect(isThere).toBeTrue();
    expect(read.map(({ offset }) => offset)).toEqual([VERSION_3_NEWEST - 1, VERSION_3_NEWEST]);
    expect((await store.journal.end()).offset).toBe(VERSION_3_NEWEST + 1);
  });

  it('S12: deletes each of its sessions', async () => {
    for (const { id } of (await store.listSessions(FIRST_PAGE)).items) {
      await store.deleteSession(id);
    }
    const { sessions, tasks, characters_written } = await store.overview();

    expect([sessions.total, tasks.total, characters_written]).toEqual([0, 0, 0]);
    expect(await backend.stores.toBeRun()).toEqual([]);
  });
}

describe('A database of version 3', () => {
  const directory = useTemporaryDirectory();

  describeTakenOver((log) => {
    const file = join(directory(), 'creative-autogpt.db');
    const database = new Database(file);
    database.exec(VERSION_3_DATABASE);
    database.exec(`UPDATE journal_epoch SET file_identity = '${fileIdentity(file)}'`);
    database.close();
    // As that server left it.
    writeFileSync(join(directory(), 'creative-autogpt.lock'), '');
    return Promise.resolve(openEmbedded(directory(), { log }));
  });
});

describe('What was kept in Redis by version 3', () => {
  let redisProcess: RedisProcess;
  beforeAll(async () => {
    redisProcess = await RedisProcess.start();
  });
  afterAll(() => redisProcess.remove());

  describeTakenOver(async (log) => {
    const prefix = randomUUID();
    const redis = new Redis(redisProcess.url);
    for (const [command, key, ...words] of VERSION_3_REDIS) {
      await redis.call(command, `${prefix}:${key}`, ...words);
    }
    redis.disconnect();
    return openClustered(redisProcess.url, log, { prefix });
  });
});
