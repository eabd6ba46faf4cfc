import * as v from 'valibot';
import { StartupError } from '../startup-error';
import type { SqlDatabase } from './sql-database';

/**
 * Each entry brings a database from the version of its index to the next. Entries are never changed once released: a
 * change of the tables is a new entry.
 *
 * Counts of a session are not stored but counted from its tasks. A task's texts come last in its row, so that counting
 * does not read them. The columns `attempt_…` are about the attempt under way and 0 when there is none.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE sessions (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    goal TEXT NOT NULL,
    config TEXT NOT NULL,
    error TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    completed_at TEXT
  ) STRICT;
  CREATE INDEX sessions_by_status ON sessions (status, sequence);

  CREATE TABLE tasks (
    sequence INTEGER PRIMARY KEY,
    task_id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    task_type TEXT NOT NULL,
    chapter_index INTEGER,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    started_at TEXT,
    completed_at TEXT,
    execution_time_seconds REAL,
    prompt_tokens INTEGER NOT NULL DEFAULT 0,
    completion_tokens INTEGER NOT NULL DEFAULT 0,
    failed_attempts INTEGER NOT NULL DEFAULT 0,
    retry_count INTEGER NOT NULL DEFAULT 0,
    call_count INTEGER NOT NULL DEFAULT 0,
    attempt_retries INTEGER NOT NULL DEFAULT 0,
    attempt_rewrites INTEGER NOT NULL DEFAULT 0,
    llm_provider TEXT,
    llm_model TEXT,
    characters INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(length(result), 0)) STORED,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    error TEXT,
    evaluation TEXT,
    result TEXT,
    UNIQUE (session_id, position)
  ) STRICT;
  CREATE INDEX tasks_by_status ON tasks (status, characters);
  CREATE INDEX tasks_by_change ON tasks (updated_at, sequence);
  `,
  `
  CREATE TABLE journal (
    "offset" INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL,
    announced_at TEXT NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE TABLE journal_epoch (epoch TEXT NOT NULL, file_identity TEXT NOT NULL) STRICT;

  CREATE TABLE command_answers (
    id TEXT PRIMARY KEY,
    command TEXT NOT NULL,
    session_id TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    answer TEXT NOT NULL
  ) STRICT;
  CREATE INDEX command_answers_by_age ON command_answers (answered_at);
  `,
];

/** Version of the tables this server reads and writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings the tables to `SCHEMA_VERSION`: all of the missing steps or, when one fails, none.
 *
 * @throws StartupError when the tables are those of a newer server.
 */
export function migrate(database: SqlDatabase): void {
  const version = schemaVersionOf(database);
  if (version > SCHEMA_VERSION) {
    throw new StartupError(
      `The database is of version ${version}, but this server knows only ${SCHEMA_VERSION}: ` +
        'run a newer version of Creative AutoGPT, or set DATA_DIR to another directory.',
    );
  }
  if (version < SCHEMA_VERSION) {
    database.transaction(() => {
      MIGRATIONS.slice(version).forEach((step) => {
        database.execute(step);
      });
      markSchemaVersion(database);
    });
  }
}

/** Writes the version to the file, which changes nothing else: the least a working disk must be able to do. */
export function markSchemaVersion(database: SqlDatabase): void {
  database.execute(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

function schemaVersionOf(database: SqlDatabase): number {
  return database.row(v.object({ user_version: v.number() }), 'PRAGMA user_version')?.user_version ?? 0;
}
