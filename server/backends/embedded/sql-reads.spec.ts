import { join } from 'node:path';
import { TASK_STATUSES } from '@creative-autogpt/protocol';
import fc from 'fast-check';
import Database from 'libsql';
import type { Store, Stores } from '../../ports/store';
import { NOVEL, OUTCOME, PLAN } from '../../testing/sample-work';
import { ADA } from '../../testing/store-under-test';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { openSqlStores } from './open-sql-stores';
import { SqlDatabase } from './sql-database';

const OUTCOME_OF_ANY_LENGTH = fc.string({ maxLength: 5 }).map((result) => ({ ...OUTCOME, result }));

describe('SqlReads', () => {
  const directory = useTemporaryDirectory();
  let stores: Stores;
  let store: Store;
  let time = 0;
  beforeEach(() => {
    time = Date.parse('2026-11-28T12:00:00Z');
    stores = openSqlStores(directory(), { clock: () => new Date(time) });
    store = stores.of(ADA);
  });
  afterEach(() => stores.close());

  /** Sessions of two tasks each, whose first is finished; each at a time of its own. */
  const writeSessions = async (count: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let made = 0; made < count; made += 1) {
      time += 1000;
      const { id } = await store.createSession(NOVEL);
      await store.change(id, (work) => {
        work.plan(PLAN);
        const [outline] = work.tasks;
        work.begin(outline?.task_id ?? '', { retry: false, rewrite: false });
        work.finish(outline?.task_id ?? '', OUTCOME);
      });
      ids.push(id);
    }
    return ids;
  };

  for (const status of [undefined, 'completed', 'pending', 'failed'] as const) {
    it(`gives the pages of tasks that are ${status ?? 'of any status'} one after the other`, async () => {
      await writeSessions(7);
      const filter = status === undefined ? {} : { status };
      const all = await store.listTasks({ page: 1, pageSize: 100, ...filter });
      const pages = await Promise.all(
        [1, 2, 3, 4, 5, 6, 1_000_000].map((page) => store.listTasks({ page, pageSize: 3, ...filter })),
      );

      expect(pages.flatMap(({ items }) => items)).toEqual([...all.items]);
      expect(pages.map(({ total }) => total)).toEqual(pages.map(() => all.total));
      expect(all.total).toBe({ all: 14, completed: 7, pending: 7, failed: 0 }[status ?? 'all']);
    });
  }

  it('walks over an index for every page, and sorts and counts nothing', async () => {
    await writeSessions(1);
    const asked = spyOn(SqlDatabase.prototype, 'rows').and.callThrough();
    await store.listTasks({ page: 1, pageSize: 100 });
    await store.listTasks({ page: 1, pageSize: 100, status: 'completed' });
    await store.listTasks({ page: 2, pageSize: 1 });
    await store.listSessions({ page: 1, pageSize: 100, status: 'created' });
    await store.overview();
    const statements = asked.calls.allArgs().map(([, sql]) => sql);
    const database = new Database(join(directory(), 'creative-autogpt.db'));
    const steps = statements.flatMap((sql) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    database.close();

    expect(statements.length).toBeGreaterThan(8);
    expect(JSON.stringify(steps)).not.toMatch(/SCAN|TEMP B-TREE/);
    expect(statements.filter((sql) => /count\(\*\).* FROM tasks/s.test(sql))).toEqual([]);
  });

  for (const [characters, readings] of [
    [10, 1],
    [8 * 1024 ** 2, 2],
  ] as const) {
    it(`reads a work with ${characters} characters ${readings === 1 ? 'once' : 'each time'}`, async () => {
      const { id } = await store.createSession(NOVEL);
      const description = 'x'.repeat(characters);
      await store.change(id, (work) => {
        work.plan(PLAN.map((task) => ({ ...task, description })));
      });
      const asked = spyOn(SqlDatabase.prototype, 'rows').and.callThrough();
      await store.progressOf(id);
      await store.progressOf(id);

      expect(asked.calls.allArgs().filter(([, sql]) => sql.includes('FROM tasks')).length).toBe(readings);
    });
  }

  it('counts the tasks and characters that there are, whatever was changed and deleted', async () => {
    const step = fc.record({
      session: fc.nat({ max: 3 }),
      how: fc.constantFrom('begin', 'finish', 'interrupt', 'delete'),
      outcome: OUTCOME_OF_ANY_LENGTH,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const ids = await writeSessions(2);
        for (const { session, how, outcome } of steps) {
          await change(ids[session % ids.length] ?? '', how, outcome);
        }
        const { tasks, characters_written: characters } = await store.overview();
        const listed = await store.listTasks({ page: 1, pageSize: 100 });
        const texts = await Promise.all(
          listed.items.map(async ({ task_id: taskId }) => (await store.findTask(taskId)).result ?? ''),
        );

        expect(tasks.total).toBe(listed.items.length);
        for (const status of TASK_STATUSES) {
          expect(tasks[status]).toBe(listed.items.filter((task) => task.status === status).length);
        }
        expect(characters).toBe(Array.from(texts.join('')).length);
        const { items } = await store.listSessions({ page: 1, pageSize: 100 });
        await Promise.all(items.map(({ id }) => store.deleteSession(id)));
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  async function change(id: string, how: string, outcome: typeof OUTCOME): Promise<void> {
    const attempt =
      how === 'delete'
        ? store.deleteSession(id)
        : store.change(id, (work) => {
            const taskId = work.tasks[1]?.task_id ?? '';
            if (how === 'begin') {
              work.begin(taskId, { retry: false, rewrite: false });
            } else if (how === 'finish') {
              work.finish(taskId, outcome);
            } else {
              work.interrupt(taskId, '');
            }
          });
    // A deleted session has nothing to change any more.
    await Promise.allSettled([attempt]);
  }
});
