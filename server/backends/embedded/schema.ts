import * as v from 'valibot';
import { StartupError } from '../../config/startup-error';
import type { SqlDatabase } from './sql-database';

/**
 * Each entry brings a database from the version of its index to the next. Entries are never changed once
 * released: a change of the tables is a new entry.
 *
 * Sessions and tasks are kept as JSON in the column `record`; the columns beside it are what they are looked
 * up by. A task's text comes last in its row, so that other readers do not read it.
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
  // Owners, and records as JSON. What was there belongs to the owner without a name: whoever uses a server
  // without sign-in.
  `
  CREATE TABLE new_sessions (
    sequence INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    is_to_be_run INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE TABLE new_tasks (
    sequence INTEGER PRIMARY KEY,
    owner TEXT NOT NULL,
    task_id TEXT NOT NULL UNIQUE,
    session_id TEXT NOT NULL REFERENCES new_sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    status TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    characters INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(length(result), 0)) STORED,
    record TEXT NOT NULL,
    result TEXT,
    UNIQUE (session_id, position)
  ) STRICT;
  INSERT INTO new_sessions (sequence, owner, id, status, is_to_be_run, record)
    SELECT s.sequence, '', s.id, s.status, s.status = 'running', json_object(
      'id', s.id, 'title', s.title, 'mode', s.mode, 'status', s.status, 'goal', json(s.goal), 'config', json(s.config),
      'error', s.error, 'created_at', s.created_at, 'updated_at', s.updated_at, 'completed_at', s.completed_at,
      'total_tasks', count(t.task_id), 'completed_tasks', count(*) FILTER (WHERE t.status = 'completed'),
      'failed_tasks', count(*) FILTER (WHERE t.status = 'failed'), 'llm_calls', coalesce(sum(t.call_count), 0),
      'tokens_used', coalesce(sum(t.prompt_tokens + t.completion_tokens), 0),
      'is_rewriting', json(iif(max(t.attempt_rewrites) > 0, 'true', 'false')),
      'rewrite_attempt', coalesce(max(t.attempt_rewrites), 0),
      'rewrite_task_id', max(t.task_id) FILTER (WHERE t.attempt_rewrites > 0),
      'rewrite_task_type', max(t.task_type) FILTER (WHERE t.attempt_rewrites > 0),
      'feedback', json('[]'), 'launch', 0, 'run', 0)
    FROM sessions AS s LEFT JOIN tasks AS t ON t.session_id = s.id GROUP BY s.sequence;
  INSERT INTO new_tasks (sequence, owner, task_id, session_id, position, status, updated_at, record, result)
    SELECT sequence, '', task_id, session_id, position, status, updated_at, json_object(
      'task_id', task_id, 'session_id', session_id, 'task_type', task_type, 'title', title, 'description', description,
      'position', position, 'chapter_index', chapter_index, 'status', status, 'error', error,
      'evaluation', json(evaluation), 'created_at', created_at, 'updated_at', updated_at, 'started_at', started_at,
      'completed_at', completed_at, 'execution_time_seconds', execution_time_seconds, 'prompt_tokens', prompt_tokens,
      'completion_tokens', completion_tokens, 'total_tokens', prompt_tokens + completion_tokens,
      'failed_attempts', failed_attempts, 'retry_count', retry_count, 'llm_provider', llm_provider,
      'llm_model', llm_model, 'call_count', call_count, 'attempt_retries', attempt_retries,
      'attempt_rewrites', attempt_rewrites), result
    FROM tasks;
  DROP TABLE tasks;
  DROP TABLE sessions;
  ALTER TABLE new_sessions RENAME TO sessions;
  ALTER TABLE new_tasks RENAME TO tasks;
  CREATE INDEX sessions_by_owner ON sessions (owner, sequence);
  CREATE INDEX sessions_by_status ON sessions (owner, status, sequence);
  CREATE INDEX sessions_to_be_run ON sessions (sequence) WHERE is_to_be_run;
  CREATE INDEX tasks_by_status ON tasks (owner, status, characters);
  CREATE INDEX tasks_by_change ON tasks (owner, updated_at, sequence);

  CREATE TABLE new_journal (
    owner TEXT NOT NULL,
    "offset" INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    announced_at TEXT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (owner, "offset")
  ) STRICT;
  INSERT INTO new_journal SELECT '', "offset", session_id, announced_at, event FROM journal;
  DROP TABLE journal;
  ALTER TABLE new_journal RENAME TO journal;
  CREATE INDEX journal_by_age ON journal (announced_at);
  CREATE TABLE journal_ends (owner TEXT PRIMARY KEY, newest INTEGER NOT NULL) STRICT;
  INSERT INTO journal_ends SELECT owner, max("offset") FROM journal GROUP BY owner;

  CREATE TABLE new_command_answers (
    owner TEXT NOT NULL,
    id TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (owner, id)
  ) STRICT;
  INSERT INTO new_command_answers
    SELECT '', id, answered_at, json_object(
      'command', json_object('event', command) || '', 'session_id', session_id, 'answer', json(answer))
    FROM command_answers;
  DROP TABLE command_answers;
  ALTER TABLE new_command_answers RENAME TO command_answers;
  CREATE INDEX command_answers_by_age ON command_answers (answered_at);
  `,
  // A page of the tasks with a status is read without the others, and what is counted is kept: neither takes
  // longer the more tasks there are.
  `
  DROP INDEX tasks_by_status;
  CREATE INDEX tasks_by_status ON tasks (owner, status, updated_at, sequence);

  CREATE TABLE task_counts (
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    count INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    PRIMARY KEY (owner, status)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO task_counts SELECT owner, status, count(*), CAST(total(characters) AS INTEGER) FROM tasks
    WHERE typeof(owner) = 'text' AND typeof(status) = 'text' GROUP BY owner, status;
  CREATE TRIGGER task_counted AFTER INSERT ON tasks BEGIN
    INSERT INTO task_counts VALUES (new.owner, new.status, 1, new.characters)
      ON CONFLICT DO UPDATE SET count = count + 1, characters = characters + excluded.characters;
  END;
  CREATE TRIGGER task_uncounted AFTER DELETE ON tasks BEGIN
    UPDATE task_counts SET count = count - 1, characters = characters - coalesce(old.characters, 0)
      WHERE owner = old.owner AND status = old.status;
  END;
  CREATE TRIGGER task_counted_anew AFTER UPDATE OF status, result ON tasks BEGIN
    UPDATE task_counts SET count = count - 1, characters = characters - coalesce(old.characters, 0)
      WHERE owner = old.owner AND status = old.status;
    INSERT INTO task_counts VALUES (new.owner, new.status, 1, new.characters)
      ON CONFLICT DO UPDATE SET count = count + 1, characters = characters + excluded.characters;
  END;
  `,
  // What each owner takes, kept by whatever changes it. Every start counts it once (`countTotals`). What was
  // there before may be damaged, and NULL where there can be none.
  `
  CREATE TABLE owner_totals (
    owner TEXT PRIMARY KEY,
    work_bytes INTEGER NOT NULL DEFAULT 0,
    journal_bytes INTEGER NOT NULL DEFAULT 0,
    answer_bytes INTEGER NOT NULL DEFAULT 0,
    answers INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX command_answers_by_owner ON command_answers (owner);

  CREATE TRIGGER session_added AFTER INSERT ON sessions BEGIN
    INSERT INTO owner_totals (owner, work_bytes) VALUES (new.owner, octet_length(new.record))
      ON CONFLICT (owner) DO UPDATE SET work_bytes = work_bytes + excluded.work_bytes;
  END;
  CREATE TRIGGER session_changed AFTER UPDATE OF record ON sessions BEGIN
    UPDATE owner_totals SET work_bytes = work_bytes + octet_length(new.record) - coalesce(octet_length(old.record), 0)
      WHERE owner = new.owner;
  END;
  CREATE TRIGGER session_removed AFTER DELETE ON sessions BEGIN
    UPDATE owner_totals SET work_bytes = work_bytes - coalesce(octet_length(old.record), 0) WHERE owner = old.owner;
  END;

  CREATE TRIGGER task_added AFTER INSERT ON tasks BEGIN
    UPDATE owner_totals
      SET work_bytes = work_bytes + octet_length(new.record) + coalesce(octet_length(new.result), 0)
      WHERE owner = new.owner;
  END;
  CREATE TRIGGER task_changed AFTER UPDATE OF record, result ON tasks BEGIN
    UPDATE owner_totals
      SET work_bytes = work_bytes + octet_length(new.record) + coalesce(octet_length(new.result), 0)
        - coalesce(octet_length(old.record), 0) - coalesce(octet_length(old.result), 0)
      WHERE owner = new.owner;
  END;
  CREATE TRIGGER task_removed AFTER DELETE ON tasks BEGIN
    UPDATE owner_totals
      SET work_bytes = work_bytes - coalesce(octet_length(old.record), 0) - coalesce(octet_length(old.result), 0)
      WHERE owner = old.owner;
  END;

  CREATE TRIGGER event_added AFTER INSERT ON journal BEGIN
    INSERT INTO owner_totals (owner, journal_bytes) VALUES (new.owner, octet_length(new.event))
      ON CONFLICT (owner) DO UPDATE SET journal_bytes = journal_bytes + excluded.journal_bytes;
  END;
  CREATE TRIGGER event_removed AFTER DELETE ON journal BEGIN
    UPDATE owner_totals SET journal_bytes = journal_bytes - coalesce(octet_length(old.event), 0) WHERE owner = old.owner;
  END;

  CREATE TRIGGER answer_added AFTER INSERT ON command_answers BEGIN
    INSERT INTO owner_totals (owner, answer_bytes, answers) VALUES (new.owner, octet_length(new.answer), 1)
      ON CONFLICT (owner) DO UPDATE SET answer_bytes = answer_bytes + excluded.answer_bytes, answers = answers + 1;
  END;
  CREATE TRIGGER answer_removed AFTER DELETE ON command_answers BEGIN
    UPDATE owner_totals SET answer_bytes = answer_bytes - coalesce(octet_length(old.answer), 0), answers = answers - 1
      WHERE owner = old.owner;
  END;
  `,
  // What is damaged and cannot stay where it was, as bytes: its text need not be UTF-8.
  `
  CREATE TABLE set_aside (
    sequence INTEGER PRIMARY KEY,
    set_aside_at TEXT NOT NULL,
    source TEXT NOT NULL,
    owner BLOB,
    session_id BLOB,
    task_id BLOB,
    record BLOB,
    result BLOB
  ) STRICT;
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

/**
 * Writes the version to the file, which changes nothing else: the least a working disk must be able to do.
 */
export function markSchemaVersion(database: SqlDatabase): void {
  database.execute(`PRAGMA user_version = ${SCHEMA_VERSION}`);
}

/** The version that a database says its tables are of; 0 for a new one. */
export function schemaVersionOf(database: SqlDatabase): number {
  return database.row(v.object({ user_version: v.number() }), 'PRAGMA user_version')?.user_version ?? 0;
}
