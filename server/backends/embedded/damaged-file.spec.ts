import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { ServiceError } from '../../domain/service-error';
import type { Store, Stores } from '../../ports/store';
import { RecordedLog } from '../../testing/recorded-log';
import { NOVEL, OUTCOME, PLAN } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { openSqlStores } from './open-sql-stores';

const FIRST_PAGE = { page: 1, pageSize: 9 };
/** Bytes that no text has. */
const NOT_UTF_8 = "CAST(x'7ba5ff' AS TEXT)";
/** So long that it takes pages of its own. */
const LONG_TEXT = '字'.repeat(20_000);

describe('An SQL file that is damaged while a server uses it', () => {
  const directory = useTemporaryDirectory();
  const file = (): string => join(directory(), 'creative-autogpt.db');
  let stores: Stores;
  let store: Store;
  let log: RecordedLog;
  let novel: string;
  let other: string;
  beforeEach(async () => {
    log = new RecordedLog();
    stores = openSqlStores(directory(), { log });
    store = stores.of('ada');
    novel = await writeNovel();
    other = await writeNovel();
  });
  afterEach(() => stores.close());

  const writeNovel = async (): Promise<string> => {
    const { id } = await store.createSession(NOVEL);
    await store.change(id, (work) => {
      work.plan(PLAN);
      work.start();
      for (const { task_id: taskId } of work.tasks) {
        work.begin(taskId, { retry: false, rewrite: false });
        work.finish(taskId, { ...OUTCOME, result: LONG_TEXT });
      }
    });
    return id;
  };
  const meddle = (sql: string): void => {
    const database = new Database(file());
    database.exec(sql);
    database.close();
  };
  const sessionsAreListed = async (): Promise<void> => {
    expect((await store.listSessions(FIRST_PAGE)).items.map(({ id }) => id)).toEqual([other, novel]);
  };

  it('shows a session whose record is not UTF-8 as damaged, runs the others, and deletes it', async () => {
    meddle(`UPDATE sessions SET record = ${NOT_UTF_8} WHERE id = '${novel}'`);
    await sessionsAreListed();

    expect((await store.findSession(novel)).damaged).toBeTrue();
    expect((await stores.toBeRun()).map(({ sessionId }) => sessionId)).toEqual([other]);

    await store.deleteSession(novel);

    expect((await store.listSessions(FIRST_PAGE)).total).toBe(1);
  });

  it('shows a task as damaged once its text was found so, however often it was read before', async () => {
    meddle(`UPDATE tasks SET result = ${NOT_UTF_8} WHERE session_id = '${novel}' AND position = 0`);
    const damaged = async (): Promise<number> =>
      (await store.listTasks({ ...FIRST_PAGE, sessionId: novel })).items.filter((task) => task.damaged)
        .length;

    expect(await damaged()).toBe(0);

    await store.tasksOf(novel);

    expect(await damaged()).toBe(1);
  });

  it('keeps what can be read of a record that has one bad byte', async () => {
    meddle(
      `UPDATE sessions SET record = CAST(replace(CAST(record AS BLOB), CAST('星' AS BLOB), x'a5') AS TEXT)
       WHERE id = '${novel}'`,
    );
    const { title, goal, damaged } = await store.findSession(novel);

    expect([title, goal, damaged]).toEqual(['\uFFFD海拾遗', NOVEL.goal, true]);
  });

  it('shows a task whose text is not UTF-8 as damaged, also where the text is not read', async () => {
    meddle(
      `UPDATE tasks SET result = CAST(x'61ff62' AS TEXT) WHERE session_id = '${novel}' AND position = 0`,
    );
    const [task] = await store.tasksOf(novel);
    const { items } = await store.listTasks({ ...FIRST_PAGE, sessionId: novel });

    expect([task?.result, task?.damaged, task?.status]).toEqual(['a\uFFFDb', true, 'completed']);
    expect(items.map(({ position, damaged }) => [position, damaged])).toEqual([
      [1, false],
      [0, true],
    ]);
    expect(stores.damagedRecords).toEqual({ sessions: 0, tasks: 1 });
    expect(log.lines.map(({ details }) => details)).toEqual([
      { session_id: novel, task_id: task?.task_id, field: 'result' },
    ]);
  });

  it('counts rows whose status or number of characters is none', async () => {
    meddle(`UPDATE tasks SET status = ${NOT_UTF_8} WHERE session_id = '${novel}' AND position = 0`);
    const { tasks } = await store.overview();

    expect([tasks.total, tasks.completed, tasks.failed]).toEqual([4, 3, 1]);
  });

  it('ends the journal behind an entry that is not UTF-8', async () => {
    const { epoch, offset } = await store.journal.end();
    meddle(`UPDATE journal SET event = ${NOT_UTF_8} WHERE "offset" = ${offset - 1}`);

    expect((await store.journal.read(offset - 3, 9)).map((entry) => entry.offset)).toEqual([offset]);
    expect(await store.journal.reachesBackTo({ epoch, offset: offset - 2 })).toBeFalse();
  });

  it('does no command twice whose answer is not UTF-8', async () => {
    const pause = { id: 'c1', command: 'pause', sessionId: novel };
    const once = () =>
      store.once(pause, (work) => {
        work.rename('new');
      });
    await once();
    meddle(`UPDATE command_answers SET answer = ${NOT_UTF_8}`);

    expect(await once()).toEqual({ answer: jasmine.objectContaining({ ok: false }), isRepeated: true });
  });

  describe('in a page of a text', () => {
    beforeEach(async () => {
      await stores.close();
      breakChainOfText(file());
      stores = openSqlStores(directory(), { log });
      store = stores.of('ada');
    });

    it('refuses what needs it in words, warns of it, and serves everything else', async () => {
      const texts = await Promise.allSettled([novel, other].map((id) => store.tasksOf(id)));
      const refused = texts.flatMap((answer) =>
        answer.status === 'rejected' ? [answer.reason as unknown] : [],
      );

      expect(refused).toEqual([
        jasmine.objectContaining({ code: 'unavailable', message: jasmine.stringContaining('npm run check') }),
      ]);
      expect(refused.every((reason) => reason instanceof ServiceError)).toBeTrue();
      expect(stores.warnings).toEqual([jasmine.stringContaining('npm run check -- --repair')]);

      await sessionsAreListed();
      await store.change(other, (work) => work.rename('new'));

      expect((await store.findSession(other)).title).toBe('new');
    });
  });
});

/** Has the first long text go on in a page that there is none of. */
function breakChainOfText(path: string): void {
  const bytes = readFileSync(path);
  const pageSize = bytes.readUInt16BE(16);
  const text = Buffer.from(LONG_TEXT.slice(0, 500));
  const page = Array.from({ length: bytes.length / pageSize }, (_, index) => index * pageSize).find(
    (start) => bytes.subarray(start + 4, start + pageSize).includes(text) && bytes.readUInt32BE(start) < 1e6,
  );
  const descriptor = openSync(path, 'r+');
  writeSync(descriptor, Buffer.from([0x7f, 0xff, 0xff, 0xff]), 0, 4, page ?? 0);
  closeSync(descriptor);
}
