import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { Stores } from '../../ports/store';
import { NOVEL } from '../../testing/sample-work';
import { useTemporaryDirectory } from '../../testing/temporary-directory';
import { openSqlStores } from './open-sql-stores';

/** What `npm run check` runs, once it is built. */
const PROGRAM = fileURLToPath(new URL('../../check.ts', import.meta.url));
/** Starting processes takes longer than a spec usually may, on a busy machine. */
const PROCESSES_TIMEOUT_MS = 60_000;
const run = promisify(execFile);
const Ending = v.object({ code: v.number(), stdout: v.string(), stderr: v.string() });

describe('npm run check', () => {
  const directory = useTemporaryDirectory();
  const file = (): string => join(directory(), 'creative-autogpt.db');
  let stores: Stores;
  beforeEach(async () => {
    stores = openSqlStores(directory());
    await stores.of('').createSession(NOVEL);
  });

  const check = async (...args: string[]): Promise<v.InferOutput<typeof Ending>> => {
    try {
      const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', PROGRAM, ...args], {
        env: { ...process.env, DATA_DIR: directory() },
      });
      return { code: 0, stdout, stderr };
    } catch (error) {
      return v.parse(Ending, error);
    }
  };

  it(
    'finds a database sound that a server uses, and repairs none that one uses',
    async () => {
      const [checked, repaired] = await Promise.all([check(), check('--repair')]);
      await stores.close();

      expect([checked.code, checked.stdout]).toEqual([0, `${file()} is sound.\nSessions: 1, tasks: 0.\n`]);
      expect([repaired.code, repaired.stderr]).toEqual([
        1,
        jasmine.stringContaining('in use by another server'),
      ]);
    },
    PROCESSES_TIMEOUT_MS,
  );

  it(
    'tells of damaged pages and what to do, repairs them, and says what it found',
    async () => {
      await stores.close();
      const bytes = readFileSync(file());
      bytes.fill(0, 100, 4096);
      writeFileSync(file(), bytes);
      const checked = await check();
      const repaired = await check('--repair');

      expect([checked.code, checked.stdout]).toEqual([
        1,
        jasmine.stringContaining('npm run check -- --repair'),
      ]);
      expect([repaired.code, repaired.stdout]).toEqual([
        0,
        jasmine.stringMatching(/before-repair-[^]*Recovered from sessions: 1 rows[^]* is sound\./),
      ]);
    },
    PROCESSES_TIMEOUT_MS,
  );
});
