import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planTasks } from '../../domain/plan';
import type { Store, Stores } from '../../ports/store';
import { NOVEL, OUTCOME } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { reportOn } from './check-report';
import { mendAtStart } from './check-at-start';
import { openSqlStores } from './open-sql-stores';
import { repairDatabase } from './repair-database';

const NOW = new Date('2026-11-28T12:00:00.000Z');
const PAGE = 4096;
/** Types of pages that say where others are. */
const INTERIOR = [2, 5];
const TABLE_LEAF = 13;
const LONG_TEXT = '字'.repeat(5000);

describe('The repair of a database', () => {
  const directory = useTemporaryDirectory();
  const file = (): string => join(directory(), 'creative-autogpt.db');
  let stores: Stores;
  let store: Store;
  let ids: string[];
  beforeEach(async () => {
    open();
    ids = [];
    for (const title of ['one', 'two', 'three']) {
      const { id } = await store.createSession({ ...NOVEL, title });
      ids.push(id);
      await store.change(id, (work) => {
        work.plan(planTasks(work.session));
        work.start();
        for (const { task_id: taskId } of work.tasks) {
          work.begin(taskId, { retry: false, rewrite: false });
          work.finish(taskId, { ...OUTCOME, result: LONG_TEXT });
        }
      });
    }
  });
  afterEach(() => stores.close());

  const open = (): void => {
    stores = openSqlStores(directory());
    store = stores.of('ada');
  };
  const shown = () =>
    Promise.all(ids.map(async (id) => [await store.findSession(id), await store.tasksOf(id)]));
  const pagesOf = (bytes: Buffer, ...types: readonly number[]): Buffer[] =>
    Array.from({ length: bytes.length / PAGE - 1 }, (_, index) =>
      bytes.subarray((index + 1) * PAGE, (index + 2) * PAGE),
    ).filter((page) => types.includes(page[0] ?? 0));
  const damage = (change: (bytes: Buffer) => void): void => {
    const bytes = readFileSync(file());
    change(bytes);
    writeFileSync(file(), bytes);
  };

  it('saves everything although all pages that say where the rows are, and the tables, are lost', async () => {
    const before = await shown();
    await stores.close();
    damage((bytes) => {
      pagesOf(bytes, ...INTERIOR).forEach((page) => page.fill(0xff));
      bytes.fill(0, 100, PAGE);
    });

    expect(reportOn(file())).toEqual(jasmine.objectContaining({ isUsable: false }));

    const { recovered, unreadable } = repairDatabase(file(), NOW);

    expect([recovered.get('sessions'), recovered.get('tasks'), unreadable]).toEqual([3, 18, 0]);
    expect(reportOn(file())).toEqual({ isUsable: true, isSound: true, lines: ['Sessions: 3, tasks: 18.'] });

    open();

    expect(await shown()).toEqual(before);
  });

  it('saves what is only in the log of a server that was killed', async () => {
    const before = await shown();
    copyFileSync(`${file()}-wal`, join(directory(), 'wal'));
    copyFileSync(file(), join(directory(), 'main'));
    await stores.close();
    copyFileSync(join(directory(), 'wal'), `${file()}-wal`);
    copyFileSync(join(directory(), 'main'), file());
    repairDatabase(file(), NOW);
    open();

    expect(await shown()).toEqual(before);
  });

  it('brings nothing back that was deleted', async () => {
    await store.deleteSession(ids[0] ?? '');
    await stores.close();
    repairDatabase(file(), NOW);
    open();

    expect((await store.listSessions({ page: 1, pageSize: 9 })).items.map(({ title }) => title)).toEqual([
      'three',
      'two',
    ]);
  });

  it('has a text whose end is lost shown as damaged, with its beginning', async () => {
    await stores.close();
    damage((bytes) => {
      const first = Buffer.from('字'.repeat(400));
      const chained = Array.from({ length: bytes.length / PAGE }, (_, page) => page * PAGE).find(
        (at) =>
          bytes.readUInt32BE(at) > 1 &&
          bytes.readUInt32BE(at) < 1000 &&
          bytes.subarray(at, at + PAGE).includes(first),
      );
      bytes.writeUInt32BE(0x7fffffff, chained ?? 0);
    });
    repairDatabase(file(), NOW);
    stores = openSqlStores(directory(), { check: () => damagedOf(mendAtStart(file(), NOW)) });
    store = stores.of('ada');
    const tasks = (await Promise.all(ids.map((id) => store.tasksOf(id)))).flat();
    const [damaged, ...others] = tasks.filter((task) => task.damaged === true);

    expect(others).toEqual([]);
    expect(damaged?.result).toMatch(/^字{400,4999}\uFFFD+$/);
    expect(stores.damagedRecords).toEqual({ sessions: 0, tasks: 1 });
  });

  it('keeps a copy of the file as it was, and leaves nothing else behind', async () => {
    await stores.close();
    damage((bytes) => pagesOf(bytes, TABLE_LEAF)[0]?.fill(0xff));
    const damaged = readFileSync(file());
    const { copy } = repairDatabase(file(), NOW);

    expect(readFileSync(copy).equals(damaged)).toBeTrue();
    expect(
      readdirSync(directory())
        .filter((name) => name.includes('.db'))
        .sort(),
    ).toEqual(['creative-autogpt.db', 'creative-autogpt.db.before-repair-2026-11-28T12-00-00.000Z']);
    open();
  });

  it('names in its report what is damaged, by title where that is left, and writes nothing', async () => {
    await stores.close();
    damage((bytes) => {
      for (const id of ids) {
        for (let at = bytes.indexOf(`{"id":"${id}"`); at >= 0; at = bytes.indexOf(`{"id":"${id}"`, at + 1)) {
          if (bytes.subarray(at, at + 100).includes('"title":"two"')) {
            bytes.write('X', at + 1);
          }
        }
      }
    });
    const before = readFileSync(file());
    const { isUsable, isSound, lines } = reportOn(file());

    expect([isUsable, isSound]).toEqual([true, false]);
    expect(lines.join('\n')).toContain(`Session ${ids[1] ?? ''} (two): its record is damaged`);
    expect(readFileSync(file()).equals(before)).toBeTrue();
    expect(existsSync(`${file()}-wal`) && readFileSync(`${file()}-wal`).length > 0).toBeFalse();
    open();
  });
});

function damagedOf(findings: ReturnType<typeof mendAtStart>) {
  if ('refusal' in findings) {
    throw new Error(findings.refusal);
  }
  return findings.damaged;
}
