import * as v from 'valibot';
import { DamagedRecord, StoredRecords } from '../stored-records';
import type { SqlDatabase } from './sql-database';
import { asBytes, isDamagedText, OptionalText, Text, WholeNumber } from './sql-text';
import { SESSION_COLUMNS, SessionRow, TASK_COLUMNS, TaskRow } from './work-rows';

/** Rows that are read at a time: few enough that their texts need little memory. */
const STEP = 200;

/** Findings of SQLite's own check that are listed at most. */
const MOST_FINDINGS = 100;

/** Findings about indexes alone, which are made anew from their tables. */
const OF_AN_INDEX = /(missing from index|entries in index|non-unique entry in index|of index) \S+$/;

/** Findings about values in rows whose place in the file is right: they are found again as damaged rows. */
const OF_A_VALUE = /^(NULL|[\w-]+) value in |^CHECK constraint failed/;

const Finding = v.object({ finding: Text });
const CheckedSession = v.object({ sequence: WholeNumber, owner: Text, ...SessionRow.entries });
const CheckedTask = v.object({
  sequence: WholeNumber,
  owner: Text,
  ...TaskRow.entries,
  result: OptionalText,
});

/** A schema of rows that are told apart by their sequence. */
type RowSchema = v.GenericSchema<
  Readonly<Record<string, ArrayBuffer | number | null>>,
  { readonly sequence: number }
>;

/** Which parts of a file SQLite's own check found damaged. */
export interface StructureFindings {
  /** What cannot be mended in the file itself. */
  readonly structure: readonly string[];
  /** Whether an index says something else than its table. */
  readonly isIndexDamaged: boolean;
}

/** A row that cannot be found by its keys, as they are damaged. */
export interface LostRow {
  readonly table: 'sessions' | 'tasks';
  readonly sequence: number;
}

export interface RowFindings {
  /** Records and texts that cannot be read, and can be found. */
  readonly damaged: readonly DamagedRecord[];
  readonly lost: readonly LostRow[];
}

/** Has SQLite check the pages, the tables, and whether the indexes fit them. Reads only. */
export function checkStructure(database: SqlDatabase): StructureFindings {
  const sql = `SELECT ${asBytes('integrity_check', 'finding')} FROM pragma_integrity_check(${MOST_FINDINGS})`;
  const findings = database
    .rows(Finding, sql)
    .flatMap(({ finding }) => finding.split('\n'))
    .filter((finding) => finding !== 'ok');
  const structure = findings.filter((finding) => !OF_AN_INDEX.test(finding) && !OF_A_VALUE.test(finding));
  return { structure, isIndexDamaged: findings.some((finding) => OF_AN_INDEX.test(finding)) };
}

/** Reads every session and every task with its text. The journal need not be: it checks itself. */
export function checkRows(database: SqlDatabase): RowFindings {
  const damaged: DamagedRecord[] = [];
  const lost: LostRow[] = [];
  const records = new StoredRecords({
    error: (found) => {
      damaged.push(v.parse(DamagedRecord, found));
    },
  });
  for (const { sequence, owner, sessionId, record } of allOf(
    database,
    CheckedSession,
    SESSION_COLUMNS,
    'sessions',
  )) {
    if (isDamagedText(owner) || isDamagedText(sessionId)) {
      lost.push({ table: 'sessions', sequence });
    } else {
      records.session(sessionId, record);
    }
  }
  for (const { sequence, owner, record, result, ...place } of allOf(
    database,
    CheckedTask,
    [TASK_COLUMNS, asBytes('result')].join(),
    'tasks',
  )) {
    if ([owner, place.taskId, place.sessionId].some(isDamagedText)) {
      lost.push({ table: 'tasks', sequence });
      continue;
    }
    const task = records.task(place, record);
    if (task.damaged !== true && result !== null && isDamagedText(result)) {
      records.withDamagedText(task);
    }
  }
  return { damaged, lost };
}

/** The rows of a table, a few at a time. */
function* allOf<TSchema extends RowSchema>(
  database: SqlDatabase,
  schema: TSchema,
  columns: string,
  table: LostRow['table'],
): Generator<v.InferOutput<TSchema>> {
  const sql = `SELECT sequence, ${asBytes('owner')}, ${columns} FROM ${table} NOT INDEXED
    WHERE sequence > @after ORDER BY sequence LIMIT ${STEP}`;
  let after = Number.MIN_SAFE_INTEGER;
  let isMore = true;
  while (isMore) {
    const rows = database.rows(schema, sql, { after });
    yield* rows;
    isMore = rows.length === STEP;
    after = rows.at(-1)?.sequence ?? after;
  }
}
