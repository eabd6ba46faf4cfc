/**
 * `npm run backup -- FILE`: a consistent copy of the database in DATA_DIR, also while a server uses it. Never
 * overwrites.
 */
import './node-version.mjs';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { runMain, StepError } from './processes.mjs';

const DATABASE_FILE = 'creative-autogpt.db';

await runMain(async () => {
  const copy = copyFile();
  const dataDir = process.env['DATA_DIR']?.trim() ?? '';
  const database = join(resolve(dataDir === '' ? './data' : dataDir), DATABASE_FILE);
  if (!existsSync(database))
    throw new StepError(`There is no ${database}: set DATA_DIR to that of the server.`);
  await ensureInstalled();
  const unfinished = `${copy}.unfinished`;
  try {
    await copyDatabase(database, unfinished);
    // Only what is whole has the name that somebody will look for.
    renameSync(unfinished, copy);
  } finally {
    rmSync(unfinished, { force: true });
  }
  console.log(`Copied ${database} to ${copy} (${statSync(copy).size} bytes).`);
});

/**
 * Where the copy is to be, seen from where the person is.
 *
 * @throws {StepError}
 */
function copyFile() {
  const [name, ...others] = process.argv.slice(2);
  if (name === undefined || others.length > 0) {
    throw new StepError('Name the file that the copy is to be: npm run backup -- FILE');
  }
  const file = resolve(process.env['INIT_CWD'] ?? '.', name);
  if (existsSync(file)) throw new StepError(`${file} is there already: name another file.`);
  if (!existsSync(dirname(file)))
    throw new StepError(`There is no directory ${dirname(file)}: make it first.`);
  return file;
}

/**
 * Copies what is committed at one moment; who writes meanwhile need not wait.
 *
 * @param {string} database
 * @param {string} copy
 * @throws {StepError}
 */
async function copyDatabase(database, copy) {
  const { default: Database } = await import('libsql');
  rmSync(copy, { force: true });
  try {
    const source = new Database(database);
    // Of a file of an earlier version, the copy is one that becomes smaller by itself. The file stays as it is.
    const [layout] = source.prepare('PRAGMA auto_vacuum').raw().all();
    if (String(layout) === '0') source.exec('PRAGMA auto_vacuum = INCREMENTAL');
    source.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
    source.close();
    const check = new Database(copy);
    const [finding] = check.prepare('PRAGMA quick_check(1)').raw().all();
    check.close();
    if (String(finding) !== 'ok') throw new Error(`the copy is damaged: ${String(finding)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StepError(`${database} could not be copied: ${reason}`, { cause: error });
  }
  const descriptor = openSync(copy, 'r+');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
