import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import * as v from 'valibot';
import { StartupError } from '../../config/startup-error';
import { planTasks } from '../../domain/plan';
import type { Stores } from '../../ports/store';
import { RecordedLog } from '../../testing/recorded-log';
import { NOVEL, OUTCOME } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { checkAtStart, mendAtStart } from './check-at-start';
import { openSqlStores } from './open-sql-stores';
import { SCHEMA_VERSION } from './schema';

const NOW = new Date('2026-11-28T12:00:00.000Z');
/** Bytes that no text has. */
const NOT_UTF_8 = "CAST(x'7ba5ff' AS TEXT)";
const ADA = 'ada';
/** Type of a page of an index. */
const INDEX_LEAF = 10;
const FIRST_PAGE = { page: 1, pageSize: 9 };
const Names = v.array(v.object({ name: v.string() }));

describe('The check of a database at the start', () => {
  const directory = useTemporaryDirectory();
  const file = (): string => join(directory(), 'creative-autogpt.db');
  let stores: Stores | undefined;
  let novel: string;
  let tasks: readonly string[];
  beforeEach(async () => {
    const written = openSqlStores(directory());
    const store = written.of(ADA);
    ({ id: novel } = await store.createSession(NOVEL));
    await store.change(novel, (work) => {
      work.plan(planTasks(work.session));
      work.start();
      for (const { task_id: taskId } of work.tasks) {
        work.begin(taskId, { retry: false, rewrite: false });
        work.finish(taskId, OUTCOME);
      }
    });
    tasks = (await store.tasksOf(novel)).map(({ task_id: taskId }) => taskId);
    await written.close();
  });
  afterEach(async () => {
    await stores?.close();
    stores = undefined;
  });

  const meddle = (sql: string): void => {
    const database = new Database(file());
    database.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    database.close();
  };
  /** Changes bytes of the file itself, where SQLite does not notice. */
  const rewrite = (change: (bytes: Buffer) => void): void => {
    const bytes = readFileSync(file());
    change(bytes);
    writeFileSync(file(), bytes);
  };
  const tableNames = (): string[] => {
    const database = new Database(file());
    const names = v.parse(
      Names,
      database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all(),
    );
    database.close();
    return names.map(({ name }) => name);
  };
  const reopened = () => {
    stores = openSqlStores(directory(), { check: () => damagedOf(mendAtStart(file(), NOW)) });
    return stores.of(ADA);
  };

  it('finds nothing in a sound database, and changes nothing', () => {
    expect(mendAtStart(file(), NOW)).toEqual({ damaged: [], isIndexRebuilt: false });
    const before = readFileSync(file());
    mendAtStart(file(), NOW);

    expect(readFileSync(file()).equals(before)).toBeTrue();
  });

  it('finds every damaged record and text before anybody reads them', () => {
    meddle(`UPDATE sessions SET record = ${NOT_UTF_8};
      UPDATE tasks SET record = 'no JSON' WHERE position = 1;
      UPDATE tasks SET result = ${NOT_UTF_8} WHERE position = 2`);
    reopened();

    expect(stores?.damagedRecords).toEqual({ sessions: 1, tasks: 2 });
  });

  it('refuses a database with damaged pages, and leaves it as it is', () => {
    rewrite((bytes) => bytes.fill(7, 3 * 4096, 6 * 4096));
    const damaged = readFileSync(file());

    expect(mendAtStart(file(), NOW)).toEqual({ refusal: jasmine.stringMatching(/page|malformed|Tree/i) });
    expect(readFileSync(file()).equals(damaged)).toBeTrue();
  });

  it('makes an index anew that does not fit its table', async () => {
    rewrite((bytes) => {
      const inIndex = everyPlaceOf(bytes, novel).find((at) => bytes[at - (at % 4096)] === INDEX_LEAF);
      bytes.write('zzzz', inIndex ?? 0);
    });
    const findings = mendAtStart(file(), NOW);

    expect(findings).toEqual({ damaged: [], isIndexRebuilt: true });
    expect((await reopened().findSession(novel)).id).toBe(novel);
  });

  describe('derives', () => {
    it('the id of a session from its record', async () => {
      meddle(`UPDATE sessions SET id = ${NOT_UTF_8}`);

      expect((await reopened().findSession(novel)).damaged).toBeFalse();
    });

    it('what tells a task from its record', async () => {
      meddle(`UPDATE tasks SET task_id = ${NOT_UTF_8}, session_id = 'nobody', position = 99,
        status = ${NOT_UTF_8}, updated_at = '' WHERE position = 1`);
      const read = await reopened().tasksOf(novel);
      const listed = await stores?.of(ADA).listTasks({ ...FIRST_PAGE, status: 'completed' });

      expect(read.map(({ task_id: taskId, damaged }) => [taskId, damaged])).toEqual(
        tasks.map((taskId) => [taskId, false]),
      );
      expect(listed?.total).toBe(tasks.length);
    });

    it('whose a session is from its tasks, and whose a task is from its session', async () => {
      meddle(`UPDATE sessions SET owner = ${NOT_UTF_8}`);

      expect((await reopened().findSession(novel)).damaged).toBeFalse();

      await stores?.close();
      meddle(`UPDATE tasks SET owner = ${NOT_UTF_8} WHERE position = 1`);

      expect((await reopened().findTask(tasks[1] ?? '')).damaged).toBeFalse();
    });
  });

  describe('has something stand in', () => {
    it('for a session whose row is lost, so that its texts are found', async () => {
      meddle('DELETE FROM sessions');
      const store = reopened();
      const texts = await store.tasksOf(novel);

      expect((await store.findSession(novel)).damaged).toBeTrue();
      expect(texts.map(({ result }) => result)).toEqual(tasks.map(() => OUTCOME.result));
    });

    it('for a task whose row is lost, so that it is written anew', async () => {
      meddle('DELETE FROM tasks WHERE position = 1');
      const store = reopened();
      const [, standIn, ...others] = await store.tasksOf(novel);

      expect([standIn?.position, standIn?.damaged]).toEqual([1, true]);
      expect(others.every(({ damaged }) => damaged === false)).toBeTrue();
    });
  });

  it('sets a row aside of which nothing says what it is, and keeps its bytes', () => {
    meddle(`UPDATE sessions SET id = ${NOT_UTF_8}, record = ${NOT_UTF_8}`);
    mendAtStart(file(), NOW);
    const database = new Database(file());
    const kept: unknown = database
      .prepare('SELECT source, set_aside_at, hex(record) AS record FROM set_aside')
      .all();
    database.close();

    reopened();

    expect(stores?.warnings).toEqual([jasmine.stringMatching(/belong: 1\. .*npm run check -- --repair/)]);
    expect(kept).toEqual([{ source: 'sessions', set_aside_at: NOW.toISOString(), record: '7BA5FF' }]);
  });

  it('is followed by counting all tasks anew', async () => {
    meddle('UPDATE task_counts SET count = 99, characters = 99');
    const store = reopened();

    expect((await store.listTasks(FIRST_PAGE)).total).toBe(tasks.length);
    expect((await store.overview()).tasks.total).toBe(tasks.length);
  });

  it('leaves a task whose record is NULL to be deleted with its session', async () => {
    meddle(`PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'record TEXT NOT NULL', 'record TEXT') WHERE name = 'tasks';
      PRAGMA writable_schema = RESET;
      DROP TRIGGER task_changed;
      UPDATE tasks SET record = NULL WHERE position = 1`);
    const store = reopened();
    await store.deleteSession(novel);

    expect((await store.listTasks(FIRST_PAGE)).total).toBe(0);
  });

  it('brings tables of an earlier version to this one first', () => {
    meddle(`DROP TABLE set_aside; PRAGMA user_version = ${SCHEMA_VERSION - 1}`);
    mendAtStart(file(), NOW);

    expect(tableNames()).toContain('set_aside');
  });

  describe('in a process of its own', () => {
    const outcomeOf = (program: string): unknown => {
      const path = join(directory(), 'program.cjs');
      writeFileSync(path, program);
      const log = new RecordedLog();
      try {
        return checkAtStart(path, file(), log);
      } catch (error) {
        return error;
      }
    };

    it('that crashes keeps the server from starting, and alive, with what to do', () => {
      const outcome = outcomeOf('process.abort()');

      expect(outcome).toBeInstanceOf(StartupError);
      expect(String(outcome)).toMatch(/cannot be checked.*npm run check -- --repair.*backup\.$/);
    });

    it('that refuses the database is repeated in words', () => {
      expect(String(outcomeOf(`console.log('{"refusal":"Page 7"}')`))).toMatch(
        /is damaged \(Page 7\): run npm run check -- --repair.*backup\.$/,
      );
    });

    it('is given the file, and its findings are those of the check', () => {
      const program = `console.log(JSON.stringify({ isIndexRebuilt: false,
        damaged: [{ session_id: process.argv.slice(2).join(), field: 'id' }] }))`;

      expect(outcomeOf(program)).toEqual([{ session_id: `--start,${file()}`, field: 'id' }]);
    });
  });
});

/** Places of a text in the bytes. */
function everyPlaceOf(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
    places.push(at);
  }
  return places;
}

function damagedOf(findings: ReturnType<typeof mendAtStart>) {
  if ('refusal' in findings) {
    throw new Error(findings.refusal);
  }
  return findings.damaged;
}
