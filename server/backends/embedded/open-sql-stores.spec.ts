import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { StartupError } from '../../config/startup-error';
import { NOVEL, OUTCOME, PLAN } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { openSqlStores } from './open-sql-stores';

const OWNER = 'ada';

describe('openSqlStores', () => {
  const directory = useTemporaryDirectory();
  const databaseFile = (): string => join(directory(), 'creative-autogpt.db');

  it('makes the directory when there is none', async () => {
    const stores = openSqlStores(join(directory(), 'a', 'b'));

    expect((await stores.of(OWNER).createSession(NOVEL)).status).toBe('created');
    await stores.close();
  });

  it('writes each change through to the disk', async () => {
    const stores = openSqlStores(directory());
    await stores.check();
    const reader = new Database(databaseFile());

    expect(reader.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    reader.close();
    await stores.close();
  });

  it('publishes what is on disk, where another program sees it', async () => {
    const stores = openSqlStores(directory());
    const store = stores.of(OWNER);
    const other = new Database(databaseFile());
    const seen: unknown[] = [];
    store.published.subscribe(({ subject }) => {
      seen.push(
        ...other.prepare("SELECT record ->> 'title' AS title FROM sessions WHERE id = ?").all(subject),
      );
    });
    await store.createSession(NOVEL);

    expect(seen).toEqual([{ title: '星海拾遗' }]);
    other.close();
    await stores.close();
  });

  it('leaves everything in the one file when it is closed', async () => {
    const stores = openSqlStores(directory());
    await stores.of(OWNER).createSession(NOVEL);
    await stores.close();
    writeFileSync(join(directory(), 'copy.db'), readFileSync(databaseFile()));
    const copy = new Database(join(directory(), 'copy.db'));

    expect(copy.prepare('SELECT count(*) AS count FROM sessions').all()).toEqual([{ count: 1 }]);
    copy.close();
  });

  it('refuses a directory that a server is using, and takes it when that has closed', async () => {
    const first = openSqlStores(directory());

    expect(() => openSqlStores(directory())).toThrowError(
      StartupError,
      new RegExp(`in use by another server \\(process ${process.pid}\\): stop it, or set DATA_DIR`),
    );
    await first.close();
    await openSqlStores(directory()).close();
  });

  it('drops a change that was cut off in the middle of its write, and keeps the ones before', async () => {
    const stores = openSqlStores(directory());
    const store = stores.of(OWNER);
    const { id } = await store.createSession(NOVEL);
    const before = { database: readFileSync(databaseFile()), log: readFileSync(`${databaseFile()}-wal`) };
    await store.change(id, (work) => {
      work.plan(PLAN);
    });
    const whole = readFileSync(`${databaseFile()}-wal`);
    await stores.close();

    const restored = join(directory(), 'restored');
    mkdirSync(restored);
    writeFileSync(join(restored, 'creative-autogpt.db'), before.database);
    writeFileSync(join(restored, 'creative-autogpt.db-wal'), whole.subarray(0, whole.length - 100));
    const again = openSqlStores(restored);

    expect(whole.length).toBeGreaterThan(before.log.length);
    expect((await again.of(OWNER).findSession(id)).total_tasks).toBe(0);
    expect((await again.of(OWNER).journal.end()).offset).toBe(0);
    await again.close();
  });

  it('replaces the characters of a text that the database would cut it off at', async () => {
    const stores = openSqlStores(directory());
    const store = stores.of(OWNER);
    const { id } = await store.createSession(NOVEL);
    await store.change(id, (work) => {
      work.plan(PLAN);
      const taskId = work.tasks[0]?.task_id ?? '';
      work.begin(taskId, { retry: false, rewrite: false });
      work.finish(taskId, { ...OUTCOME, result: 'a\0b' });
    });

    expect((await store.tasksOf(id))[0]?.result).toBe('a\uFFFDb');
    await stores.close();
  });

  it('refuses changes once it is closed', async () => {
    const stores = openSqlStores(directory());
    const store = stores.of(OWNER);
    await stores.close();

    await expectAsync(store.createSession(NOVEL)).toBeRejected();
  });

  describe('names the problem and the way out, in one line, for', () => {
    const failure = async (dataDir: string): Promise<string> => {
      try {
        await openSqlStores(dataDir).close();
      } catch (error) {
        return error instanceof StartupError ? error.message : `not a StartupError: ${String(error)}`;
      }
      return 'it opened';
    };

    it('a directory below a file', async () => {
      writeFileSync(join(directory(), 'file'), '');
      const dataDir = join(directory(), 'file', 'data');

      expect(await failure(dataDir)).toMatch(
        /^DATA_DIR .*file.data cannot be used \(ENOTDIR.*\)\. A file is in the place of a directory: move it away\.$/,
      );
    });

    it('a directory that cannot be written to', async () => {
      expect(await failure('/proc')).toMatch(
        /^DATA_DIR \/proc cannot be used \(.*\)\. Set DATA_DIR to .*\.$/,
      );
    });

    it('a file that is not a database', async () => {
      writeFileSync(databaseFile(), 'once upon a time '.repeat(100));

      expect(await failure(directory())).toMatch(
        /^The database .* cannot be used \(file is not a database\): restore it/,
      );
    });

    it('a directory in the place of the database', async () => {
      mkdirSync(databaseFile());

      expect(await failure(directory())).toMatch(
        /^.*creative-autogpt\.db is a directory, .*: move it away\.$/,
      );
    });

    it('a database of a newer version', async () => {
      await openSqlStores(directory()).close();
      const newer = new Database(databaseFile());
      newer.exec('PRAGMA user_version = 99');
      newer.close();

      expect(await failure(directory())).toMatch(/^The database is of version 99, .* run a newer version/);
    });
  });
});
