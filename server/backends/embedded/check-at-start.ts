import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import * as v from 'valibot';
import { StartupError } from '../../config/startup-error';
import type { Log } from '../../ports/log';
import { DamagedRecord } from '../stored-records';
import { checkStructure } from './check-database';
import { DamagedFile } from './damaged-file';
import { mendRows } from './mend-rows';
import { migrate } from './schema';
import { SqlDatabase } from './sql-database';

/** Longest time (ms) that the start waits for the check: a file of 1 GB takes some seconds. */
const LONGEST_CHECK_MS = 60_000;

/** Files from this size (bytes) on take so long that the log says what the server is doing. */
const LARGE_FILE = 200_000_000;

/** Damaged records that the check names at most; others are named when they are read. */
const MOST_NAMED = 1000;

/** Bytes that the answer of the check may have. */
const LONGEST_ANSWER = 4_000_000;

/** What the check found: what keeps the server from starting, or the records that are damaged. */
const Findings = v.union([
  v.object({ refusal: v.string() }),
  v.object({
    damaged: v.array(DamagedRecord),
    isIndexRebuilt: v.boolean(),
    /** Why it was not finished. */
    problem: v.optional(v.string()),
  }),
]);
type Findings = v.InferOutput<typeof Findings>;

/** The way out of a damaged structure. */
const WAY_OUT = 'run npm run check -- --repair, which keeps a copy of it, or restore it from a backup.';

/**
 * Checks a database that no server uses, and mends what it can in place: the part that a process of its own
 * does.
 */
export function mendAtStart(file: string, now: Date): Findings {
  const database = new SqlDatabase(file);
  try {
    const { structure, isIndexDamaged } = checkStructure(database);
    if (structure[0] !== undefined) {
      return { refusal: structure[0] };
    }
    if (isIndexDamaged) {
      database.execute('REINDEX');
    }
    migrate(database);
    return { damaged: mendRows(database, now).slice(0, MOST_NAMED), isIndexRebuilt: isIndexDamaged };
  } catch (error) {
    if (error instanceof DamagedFile && error.isInPages) {
      return { refusal: error.reason };
    }
    const unfinished = { damaged: [], isIndexRebuilt: false };
    // The server has words of its own for what is no database, or that of a newer version.
    return error instanceof DamagedFile || error instanceof StartupError
      ? unfinished
      : { ...unfinished, problem: String(error) };
  } finally {
    database.close();
  }
}

/**
 * Has a process of its own check and mend a database before it is used: a file that makes libsql crash or
 * hang ends that process and not the server.
 *
 * @param program the file that calls `mendAtStart`
 * @returns the records that are damaged
 * @throws StartupError when the file cannot be used as it is.
 */
export function checkAtStart(program: string, file: string, log: Log): readonly DamagedRecord[] {
  const size = existsSync(file) ? statSync(file).size : 0;
  if (size === 0) {
    return [];
  }
  if (size >= LARGE_FILE) {
    log.warn({ megabytes: Math.round(size / 1e6) }, 'the database is checked before it is used');
  }
  const { stdout, stderr, signal, error } = spawnSync(
    process.execPath,
    [...process.execArgv, program, '--start', file],
    {
      encoding: 'utf8',
      timeout: LONGEST_CHECK_MS,
      killSignal: 'SIGKILL',
      maxBuffer: LONGEST_ANSWER,
    },
  );
  if (error !== undefined && 'code' in error && error.code === 'ETIMEDOUT') {
    log.warn(
      { seconds: LONGEST_CHECK_MS / 1000 },
      'the database was not checked in time and is used unchecked: stop the server and run npm run check',
    );
    return [];
  }
  const findings = v.safeParse(v.pipe(v.string(), v.parseJson(), Findings), stdout);
  if (!findings.success) {
    log.error({ signal, stderr: stderr.slice(0, MOST_NAMED) }, 'the check of the database failed');
    throw new StartupError(`The database ${file} cannot be checked, as its check ended early: ${WAY_OUT}`);
  }
  if ('refusal' in findings.output) {
    throw new StartupError(`The database ${file} is damaged (${findings.output.refusal}): ${WAY_OUT}`);
  }
  if (findings.output.problem !== undefined) {
    log.warn({ problem: findings.output.problem }, 'the check of the database was not finished');
  }
  if (findings.output.isIndexRebuilt) {
    log.warn({}, 'an index of the database was damaged and was made anew');
  }
  return findings.output.damaged;
}
