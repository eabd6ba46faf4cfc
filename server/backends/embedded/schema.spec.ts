import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournaledEvent } from '@creative-autogpt/protocol';
import Database from 'libsql';
import * as v from 'valibot';
import { LOCAL_OWNER } from '../../http/auth/owner';
import type { Store, Stores } from '../../ports/store';
import { OUTCOME } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { fileIdentity } from './check-journals';
import { openSqlStores } from './open-sql-stores';
import {
  VERSION_2_DATABASE,
  VERSION_2_NEWEST,
  VERSION_2_SESSIONS,
  VERSION_2_TASKS,
} from '../../testing/sql-version-2';
import { startAndPause } from '../../testing/work-steps';

describe('A database of version 2', () => {
  const directory = useTemporaryDirectory();
  let stores: Stores;
  let store: Store;

  const prepare = (more: (file: string) => string = () => ''): void => {
    const file = join(directory(), 'creative-autogpt.db');
    const database = new Database(file);
    database.exec(VERSION_2_DATABASE);
    database.exec(more(file));
    database.close();
    // As that server left it.
    writeFileSync(join(directory(), 'creative-autogpt.lock'), '');
    stores = openSqlStores(directory());
    store = stores.of(LOCAL_OWNER);
  };
  afterEach(async () => {
    await stores.close();
  });

  for (const session of VERSION_2_SESSIONS) {
    it(`keeps the session that is ${session.status}, which gains an empty list of feedback`, async () => {
      prepare();

      expect(await store.findSession(session.id)).toEqual({ ...session, feedback: [] });
    });
  }

  for (const task of VERSION_2_TASKS) {
    it(`keeps the ${task.task_type} that is ${task.status}`, async () => {
      prepare();

      expect(await store.findTask(task.task_id)).toEqual(task);
    });
  }

  it('keeps the order of sessions, and of the tasks of a plan', async () => {
    prepare();
    const { items } = await store.listSessions({ page: 1, pageSize: 9 });
    const tasks = await store.tasksOf('session-failed');

    expect(items.map(({ id }) => id)).toEqual(['session-failed', 'session-running', 'session-created']);
    expect(tasks.map(({ task_id: taskId }) => taskId)).toEqual(['outline-2', 'draft-2']);
  });

  it('counts the characters of its texts', async () => {
    prepare();

    expect((await store.overview()).characters_written).toBe(Array.from(OUTCOME.result).length);
  });

  it('belongs to whoever uses the server without sign-in, and to nobody else', async () => {
    prepare();

    expect((await stores.of('ada').listSessions({ page: 1, pageSize: 9 })).total).toBe(0);
  });

  it('S9: has its running sessions go on', async () => {
    prepare();

    expect(await stores.toBeRun()).toEqual([{ owner: LOCAL_OWNER, sessionId: 'session-running', launch: 0 }]);
  });

  it('lets a run go on with what was being rewritten', async () => {
    prepare();
    await store.change('session-running', (work) => work.claimRun(0, 'process-1'));

    expect(await store.findTask('draft-1')).toEqual(
      jasmine.objectContaining({ status: 'pending', retry_count: 0, started_at: null }),
    );
    expect((await store.findSession('session-running')).is_rewriting).toBeFalse();
  });

  it('forgets tasks with their session, as before', async () => {
    prepare();
    await store.deleteSession('session-failed');

    expect((await store.listTasks({ page: 1, pageSize: 9 })).total).toBe(2);
  });

  it('S13: lets clients resume across the change', async () => {
    prepare((file) => `UPDATE journal_epoch SET file_identity = '${fileIdentity(file)}'`);
    const position = { epoch: 'epoch-1', offset: VERSION_2_NEWEST - 2 };
    const entries = await store.journal.read(position.offset, 10);

    expect(await store.journal.reachesBackTo(position)).toBeTrue();
    expect(entries.map(({ offset }) => offset)).toEqual([VERSION_2_NEWEST - 1, VERSION_2_NEWEST]);
    expect(entries.every(({ json }) => v.is(JournaledEvent, JSON.parse(json)))).toBeTrue();
  });

  it('S14: begins a new epoch where it was put back from a copy, as before', async () => {
    prepare();
    const { epoch, offset } = await store.journal.end();

    expect([epoch === 'epoch-1', offset]).toEqual([false, 0]);
  });

  it('S15: remembers which commands were done', async () => {
    prepare();
    const pause = { id: 'c1', command: '{"event":"pause"}', sessionId: 'session-created' };

    expect(await store.once(pause, startAndPause)).toEqual({
      answer: { ok: true },
      isRepeated: true,
    });
  });

  it('goes on with the numbers of its journal', async () => {
    prepare((file) => `UPDATE journal_epoch SET file_identity = '${fileIdentity(file)}'`);
    await store.change('session-created', (work) => work.rename('renamed'));

    expect((await store.journal.end()).offset).toBe(VERSION_2_NEWEST + 1);
  });
});
