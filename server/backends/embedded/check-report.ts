import * as v from 'valibot';
import type { DamagedRecord } from '../stored-records';
import { checkRows, checkStructure } from './check-database';
import { DamagedFile } from './damaged-file';
import { SCHEMA_VERSION, schemaVersionOf } from './schema';
import { SetAside } from './set-aside';
import { SqlDatabase } from './sql-database';
import { asBytes, legible, Text } from './sql-text';
import { remainsOf } from '../../domain/remains';

/** Findings of one kind that are listed; of the others there is a number. */
const MOST_LISTED = 50;

const Total = v.object({ total: v.number() });
const Titled = v.object({ record: Text });

/** What is wrong with a database, in sentences for whoever runs the server; it is left as it is. */
export interface Report {
  /** Whether a server can use it: what is damaged then are single sessions and tasks. */
  readonly isUsable: boolean;
  readonly isSound: boolean;
  readonly lines: readonly string[];
}

/** @throws Error when there is no database in the file. */
export function reportOn(file: string): Report {
  const database = new SqlDatabase(file, 'read');
  try {
    const pages = pageFindings(database);
    const rows = rowFindings(database);
    const problems = [...pages, ...rows.problems];
    return {
      isUsable: pages.length === 0,
      isSound: problems.length === 0,
      lines: [...problems, ...rows.notes],
    };
  } finally {
    database.close();
  }
}

function pageFindings(database: SqlDatabase): readonly string[] {
  try {
    const { structure, isIndexDamaged } = checkStructure(database);
    return [
      ...listed(structure.map((finding) => `Damaged pages: ${finding}.`)),
      ...(isIndexDamaged
        ? ['An index does not fit its table: the next start of the server makes it anew.']
        : []),
    ];
  } catch (error) {
    return [`Damaged pages: ${reasonOf(error)}.`];
  }
}

function rowFindings(database: SqlDatabase): {
  readonly problems: readonly string[];
  readonly notes: readonly string[];
} {
  try {
    if (schemaVersionOf(database) !== SCHEMA_VERSION) {
      return {
        problems: [],
        notes: ['Its tables are of another version: their rows are checked when the server starts.'],
      };
    }
    const { damaged, lost } = checkRows(database);
    const unplaced = lost.length + new SetAside(database).lost;
    return {
      problems: listed(damaged.map((record) => sentenceOn(database, record))),
      notes: [
        `Sessions: ${count(database, 'sessions')}, tasks: ${count(database, 'tasks')}.`,
        ...(unplaced === 0
          ? []
          : [
              `Rows of which it is not known where they belong: ${unplaced}; the table set_aside keeps them.`,
            ]),
      ],
    };
  } catch (error) {
    return { problems: [`Not all sessions and tasks can be read: ${reasonOf(error)}.`], notes: [] };
  }
}

function sentenceOn(
  database: SqlDatabase,
  { session_id: id, task_id: taskId, field }: DamagedRecord,
): string {
  const record =
    database.row(Titled, `SELECT ${asBytes('record')} FROM sessions WHERE id = @id`, { id })?.record ?? '';
  const title = remainsOf(record)['title'];
  const session = `Session ${id} ${typeof title === 'string' ? `(${legible(title)})` : '(its title is lost)'}`;
  return taskId === undefined
    ? `${session}: its record is damaged (${field}). It can be exported as it is stored, and deleted.`
    : `${session}: its task ${taskId} is damaged (${field}). Start the session to have it written anew.`;
}

function count(database: SqlDatabase, table: string): number {
  return database.row(Total, `SELECT count(*) AS total FROM ${table}`)?.total ?? 0;
}

function listed(lines: readonly string[]): readonly string[] {
  const others = lines.length - MOST_LISTED;
  return others > 0 ? [...lines.slice(0, MOST_LISTED), `And ${others} more of this kind.`] : lines;
}

/** @throws what is about something else than damage */
function reasonOf(error: unknown): string {
  if (error instanceof DamagedFile) {
    return error.reason;
  }
  throw error;
}
