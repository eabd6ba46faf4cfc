/**
 * Checks the database in a data directory: what the server has done before it starts, and what
 * `npm run check` does. A program of its own, since a damaged file can end the process that reads it.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mendAtStart } from './backends/embedded/check-at-start';
import { reportOn } from './backends/embedded/check-report';
import { DATABASE_FILE } from './backends/embedded/expected-beginning';
import { repairDatabase } from './backends/embedded/repair-database';
import { ServerLock } from './backends/embedded/server-lock';
import { StartupError } from './config/startup-error';

const { values } = parseArgs({
  options: { start: { type: 'string' }, repair: { type: 'boolean', default: false } },
});

if (values.start !== undefined) {
  process.stdout.write(JSON.stringify(mendAtStart(values.start, new Date())));
} else {
  try {
    const dataDir = resolve(dataDirOf(process.env['DATA_DIR']));
    process.exitCode = check(dataDir, values.repair) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof StartupError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

/** An empty variable counts as not set, as for the server. */
function dataDirOf(variable = ''): string {
  return variable.trim() === '' ? './data' : variable.trim();
}

/** @returns whether all is as it should be. @throws StartupError when there is nothing to check */
function check(dataDir: string, isToBeRepaired: boolean): boolean {
  const file = join(dataDir, DATABASE_FILE);
  if (!existsSync(file)) {
    throw new StartupError(`There is no ${file}: set DATA_DIR to that of the server.`);
  }
  if (isToBeRepaired) {
    repair(dataDir, file);
  }
  const { isUsable, isSound, lines } = reportOn(file);
  say(isSound ? `${file} is sound.` : `${file} is damaged.`, ...lines);
  if (!isUsable) {
    say('No server can use it. Stop the server that does, and run: npm run check -- --repair');
  }
  return isToBeRepaired ? isUsable : isSound;
}

function repair(dataDir: string, file: string): void {
  const lock = ServerLock.take(dataDir);
  try {
    const { copy, recovered, unreadable, doubles, unplaced } = repairDatabase(file, new Date());
    say(
      `Copied the database as it was to ${copy}.`,
      ...Array.from(recovered, ([table, rows]) => `Recovered from ${table}: ${rows} rows.`),
      `Rows that cannot be made out: ${unreadable}. Older states of rows, left out: ${doubles}.`,
      `Rows that are in the copy alone, as it is not known where they belong: ${unplaced}.`,
      'Clients load everything anew: the journal of events begins again.',
    );
  } finally {
    lock.release();
  }
}

function say(...lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
