import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import * as v from 'valibot';
import type { SeededRandom } from '../../faults/seeded-random';

const DATABASE_FILE = 'creative-autogpt.db';

const Rows = v.array(v.record(v.string(), v.union([v.instance(ArrayBuffer), v.number(), v.null()])));

/** A data directory in which a disk has changed some bits. */
export class FlippedDatabase {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'creative-autogpt-flipped-'));

  constructor(original: string) {
    cpSync(original, this.dataDir, { recursive: true });
  }

  get #file(): string {
    return join(this.dataDir, DATABASE_FILE);
  }

  /** Moves what the log has into the file itself, and leaves no log. */
  checkpoint(): void {
    const database = new Database(this.#file);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE');
    database.close();
  }

  /** Flips one bit in each of some bytes. */
  flip(count: number, random: SeededRandom): void {
    const bytes = readFileSync(this.#file);
    for (let flipped = 0; flipped < count; flipped += 1) {
      const at = random.integer(0, bytes.length - 1);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.integer(0, 7));
    }
    writeFileSync(this.#file, bytes);
  }

  /** What is stored of each session and its tasks, as one text; undefined where it cannot be read. */
  rowsOf(sessionIds: readonly string[]): ReadonlyMap<string, string | undefined> {
    // In a copy, as SQLite tidies up behind itself.
    const copy = new FlippedDatabase(this.dataDir);
    try {
      const database = new Database(copy.#file);
      const rows = sessionIds.map((id) => [id, readable(() => workRowsOf(database, id))] as const);
      database.close();
      return new Map(rows);
    } finally {
      copy.remove();
    }
  }

  remove(): void {
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

function workRowsOf(database: Database.Database, id: string): string {
  const session = 'SELECT id, owner, status, is_to_be_run, record';
  const task = 'SELECT task_id, session_id, owner, position, status, updated_at, record, result';
  return [
    ...rowsOf(database, session, 'sessions NOT INDEXED WHERE id', id),
    ...rowsOf(database, task, 'tasks NOT INDEXED WHERE session_id', id),
  ].join('\n');
}

/** Undefined where the database refuses it. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      return undefined;
    }
    throw error;
  }
}

/** Read as bytes: libsql ends the process on text that is not UTF-8. */
function rowsOf(database: Database.Database, select: string, from: string, id: string): string[] {
  const columns = select.replace('SELECT ', '').split(', ');
  const asBytes = columns.map((column) => `CAST(${column} AS BLOB) AS ${column}`).join();
  const rows = v.parse(Rows, database.prepare(`SELECT ${asBytes} FROM ${from} = ?`).all(id));
  return rows
    .map((row) =>
      columns
        .map((column) => {
          const value = row[column];
          return value instanceof ArrayBuffer ? Buffer.from(value).toString('base64') : String(value);
        })
        .join(),
    )
    .sort();
}
