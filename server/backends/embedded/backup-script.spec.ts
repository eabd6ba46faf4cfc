import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Session, SessionPage } from '@creative-autogpt/protocol';
import Database from 'libsql';
import * as v from 'valibot';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { ServerProcess } from '../../testing/server-process';

const SCRIPT = fileURLToPath(new URL('../../../scripts/backup.mjs', import.meta.url));
const DATABASE_FILE = 'creative-autogpt.db';
/** Starting two servers takes longer than a spec usually may, on a busy machine. */
const PROCESSES_TIMEOUT_MS = 90_000;
const run = promisify(execFile);

describe('npm run backup', () => {
  const directory = useTemporaryDirectory();
  const servers: ServerProcess[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.kill()));
  });

  const serve = async (dataDir: string): Promise<ServerProcess> => {
    const server = await ServerProcess.start(dataDir, 100_000);
    servers.push(server);
    return server;
  };
  const backup = (dataDir: string, ...args: string[]) =>
    run(process.execPath, [SCRIPT, ...args], {
      cwd: directory(),
      env: { ...process.env, DATA_DIR: dataDir, INIT_CWD: directory() },
    });
  const complaintOf = async (dataDir: string, ...args: string[]): Promise<string> => {
    try {
      await backup(dataDir, ...args);
    } catch (error) {
      return v.parse(v.object({ stderr: v.string() }), error).stderr.trim();
    }
    return 'it was done';
  };
  const create = (server: ServerProcess, title: string): Promise<Session> =>
    server.post('/sessions', { title, goal: { chapter_count: 1, word_count: 500 } }, Session);

  it('makes a copy that becomes smaller by itself of a file that does not', async () => {
    const dataDir = join(directory(), 'data');
    mkdirSync(dataDir);
    const database = new Database(join(dataDir, DATABASE_FILE));
    database.exec('PRAGMA auto_vacuum = NONE; CREATE TABLE sessions (id TEXT)');
    await backup(dataDir, 'copy.db');
    const copy = new Database(join(directory(), 'copy.db'));
    const layouts = [database, copy].map((each) => each.prepare('PRAGMA auto_vacuum').raw().all());
    [database, copy].forEach((each) => {
      each.close();
    });

    expect(layouts).toEqual([[[0]], [[2]]]);
  });

  it(
    'copies what a server had stored while it goes on writing, and another one goes on from there',
    async () => {
      const server = await serve(join(directory(), 'data'));
      const before = await create(server, 'before');
      await server.post(`/sessions/${before.id}/start`, {}, v.unknown());
      const copied = { isDone: false };
      const copying = backup(join(directory(), 'data'), "copy of ada's.db").finally(() => {
        copied.isDone = true;
      });
      const titles = ['before'];
      while (!copied.isDone) {
        titles.push((await create(server, `meanwhile ${titles.length}`)).title);
      }
      await copying;

      mkdirSync(join(directory(), 'restored'));
      copyFileSync(join(directory(), "copy of ada's.db"), join(directory(), 'restored', DATABASE_FILE));
      const restored = await serve(join(directory(), 'restored'));
      const page = await restored.get('/sessions?page_size=100', SessionPage);

      expect(titles.length).toBeGreaterThan(1);
      expect(page.total).toBeGreaterThanOrEqual(1);
      // The copy has what was made up to one moment, and nothing after it.
      expect(page.items.map(({ title }) => title).reverse()).toEqual(
        titles.slice(0, page.total).slice(-page.items.length),
      );
    },
    PROCESSES_TIMEOUT_MS,
  );

  describe('refuses', () => {
    beforeEach(() => {
      mkdirSync(join(directory(), 'data'));
    });
    const dataDir = (): string => join(directory(), 'data');

    it('to overwrite a file', async () => {
      writeFileSync(join(dataDir(), DATABASE_FILE), '');
      writeFileSync(join(directory(), 'copy.db'), 'precious');

      expect(await complaintOf(dataDir(), 'copy.db')).toMatch(
        /copy\.db is there already: name another file\.$/,
      );
      expect(readFileSync(join(directory(), 'copy.db'), 'utf8')).toBe('precious');
    });

    it('a directory without a database, and makes none', async () => {
      expect(await complaintOf(dataDir(), 'copy.db')).toMatch(/^There is no .*: set DATA_DIR/);
      expect(existsSync(join(dataDir(), DATABASE_FILE))).toBeFalse();
    });

    it('a damaged database, and leaves nothing behind', async () => {
      writeFileSync(join(dataDir(), DATABASE_FILE), 'once upon a time '.repeat(1000));

      expect(await complaintOf(dataDir(), 'copy.db')).toMatch(/could not be copied/);
      expect(existsSync(join(directory(), 'copy.db'))).toBeFalse();
      expect(existsSync(join(directory(), 'copy.db.unfinished'))).toBeFalse();
    });

    it('to guess where the copy is to be', async () => {
      expect(await complaintOf(dataDir())).toMatch(/^Name the file/);
    });
  });
});
