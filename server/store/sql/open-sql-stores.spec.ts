import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { StartupError } from '../startup-error';
import { openStore } from './open-store';
import { NOVEL, OUTCOME, PLAN } from './testing/sample-work';
import { useTemporaryDirectory } from './testing/temporary-directory';

describe('openStore', () => {
  const directory = useTemporaryDirectory();
  const databaseFile = (): string => join(directory(), 'creative-autogpt.db');

  it('makes the directory when there is none', () => {
    const store = openStore(join(directory(), 'a', 'b'));

    expect(store.createSession(NOVEL).status).toBe('created');
    store.close();
  });

  it('finds what an earlier process stored', () => {
    const earlier = openStore(directory());
    const session = earlier.createSession(NOVEL);
    earlier.planSession(session.id, PLAN);
    earlier.close();

    const store = openStore(directory());

    expect(store.findSession(session.id)).toEqual(
      jasmine.objectContaining({ title: session.title, total_tasks: 2 }),
    );
    store.close();
  });

  it('writes each change through to the disk', () => {
    const store = openStore(directory());
    store.check();
    const reader = new Database(databaseFile());

    expect(reader.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    reader.close();
    store.close();
  });

  it('refuses a directory that a server is using, and takes it when that has closed', () => {
    const first = openStore(directory());

    expect(() => openStore(directory())).toThrowError(StartupError, /in use by another server.*DATA_DIR/);
    first.close();
    openStore(directory()).close();
  });

  it('drops a change that was cut off in the middle of its write, and keeps the ones before', () => {
    const store = openStore(directory());
    const { id } = store.createSession(NOVEL);
    const cutOff = { database: readFileSync(databaseFile()), log: readFileSync(`${databaseFile()}-wal`) };
    const sizeBefore = cutOff.log.length;
    const [outline] = store.planSession(id, PLAN);
    const whole = readFileSync(`${databaseFile()}-wal`);
    store.close();

    const restored = join(directory(), 'restored');
    mkdirSync(restored);
    writeFileSync(join(restored, 'creative-autogpt.db'), cutOff.database);
    writeFileSync(join(restored, 'creative-autogpt.db-wal'), whole.subarray(0, whole.length - 100));
    const again = openStore(restored);

    expect(whole.length).toBeGreaterThan(sizeBefore);
    expect(outline?.title).toBe('大纲');
    expect(again.findSession(id).total_tasks).toBe(0);
    again.close();
  });

  describe('names the problem and the way out, in one line, for', () => {
    const failure = (dataDir: string): string => {
      try {
        openStore(dataDir).close();
      } catch (error) {
        return error instanceof StartupError ? error.message : `not a StartupError: ${String(error)}`;
      }
      return 'it opened';
    };

    it('a directory below a file', () => {
      writeFileSync(join(directory(), 'file'), '');
      const dataDir = join(directory(), 'file', 'data');

      expect(failure(dataDir)).toMatch(/^DATA_DIR .*file.data cannot be used \(.*\): set DATA_DIR to .*\.$/);
    });

    it('a directory that cannot be written to', () => {
      expect(failure('/proc')).toMatch(/^DATA_DIR \/proc cannot be used \(.*\): set DATA_DIR to .*\.$/);
    });

    it('a file that is not a database', () => {
      writeFileSync(databaseFile(), 'once upon a time '.repeat(100));

      expect(failure(directory())).toMatch(
        /^The database .* cannot be used \(file is not a database\): restore it/,
      );
    });

    it('a directory in the place of the database', () => {
      mkdirSync(databaseFile());

      expect(failure(directory())).toMatch(/^DATA_DIR .* cannot be used/);
    });

    it('a database with damaged pages', () => {
      const store = openStore(directory());
      const { id } = store.createSession(NOVEL);
      for (const { task_id } of store.planSession(id, PLAN)) {
        store.beginTask(task_id, { retry: false, rewrite: false });
        store.completeTask(task_id, { ...OUTCOME, result: '字'.repeat(20_000) });
      }
      store.close();
      const file = openSync(databaseFile(), 'r+');
      writeSync(file, Buffer.alloc(3 * 4096, 7), 0, 3 * 4096, 4096);
      closeSync(file);

      const message = failure(directory());

      expect(message).toMatch(/^The database .* cannot be used \(.*\): restore it/);
      expect(message).not.toContain('\n');
    });

    it('a database of a newer version', () => {
      openStore(directory()).close();
      const newer = new Database(databaseFile());
      newer.exec('PRAGMA user_version = 99');
      newer.close();

      expect(failure(directory())).toMatch(/^The database is of version 99, .* run a newer version/);
    });
  });
});
