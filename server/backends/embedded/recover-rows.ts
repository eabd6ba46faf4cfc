import * as v from 'valibot';
import type { SqlDatabase, SqlParameters } from './sql-database';
import { asBytes, Text } from './sql-text';
import { SqlitePages } from './sqlite-pages';
import { rowsOf, type StoredRow, type StoredValue } from './sqlite-rows';

/** A table whose rows are recovered, and how its rows are told from others. */
interface Kind {
  readonly table: string;
  /** The column that tells. */
  readonly telling: string;
  /** How what that column says begins. */
  readonly beginning: RegExp;
}

/** The journal is not among them: it begins anew. */
const KINDS: readonly Kind[] = [
  { table: 'sessions', telling: 'record', beginning: /^\{"id":"/ },
  { table: 'tasks', telling: 'record', beginning: /^\{"task_id":"/ },
  { table: 'command_answers', telling: 'answer', beginning: /^\{"command":/ },
  { table: 'set_aside', telling: 'source', beginning: /^(sessions|tasks)$/ },
];

/** Bytes of a value that are looked at to tell its table. */
const LOOKED_AT = 20;

const Column = v.object({ name: Text, type: Text, is_generated: v.number(), is_row_id: v.number() });
type Column = v.InferOutput<typeof Column>;

/** A table as it is stored. */
interface Layout extends Kind {
  readonly columns: readonly Column[];
}

/** What became of the rows of a damaged file. */
export interface Recovery {
  /** Rows that are in the new database, by table. */
  readonly recovered: ReadonlyMap<string, number>;
  /** Rows that cannot be made out in the pages of these tables. */
  readonly unreadable: number;
  /** Rows with the keys of another one: older states of it. */
  readonly doubles: number;
}

/**
 * Copies every row that is left in the pages of a damaged file into a new database with the same tables,
 * whether or not the pages above it are left.
 */
export function recoverRows(damagedFile: string, database: SqlDatabase): Recovery {
  const layouts = KINDS.map((kind) => ({ ...kind, columns: columnsOf(database, kind.table) }));
  const pages = new SqlitePages(damagedFile);
  const free = pages.free();
  const recovered = new Map<string, number>();
  let unreadable = 0;
  let doubles = 0;
  database.execute('PRAGMA foreign_keys = OFF');
  database.transaction(() => {
    for (let number = 2; number <= pages.count; number += 1) {
      const found = free.has(number) ? undefined : rowsOf(pages, number);
      const layout = found && layoutOf(found.rows, layouts);
      if (found === undefined || layout === undefined) {
        continue;
      }
      const kept = found.rows.filter((row) => insert(database, layout, row)).length;
      recovered.set(layout.table, (recovered.get(layout.table) ?? 0) + kept);
      doubles += found.rows.length - kept;
      unreadable += found.unreadable;
    }
  });
  return { recovered, unreadable, doubles };
}

/** The table whose rows a page has: that which most of them look like. */
function layoutOf(rows: readonly StoredRow[], layouts: readonly Layout[]): Layout | undefined {
  const looks = layouts.map((layout) => ({
    layout,
    votes: rows.filter((row) => looksLike(row, layout)).length,
  }));
  const best = looks.reduce((one, other) => (other.votes > one.votes ? other : one));
  return best.votes > 0 ? best.layout : undefined;
}

function looksLike({ values }: StoredRow, { columns, telling, beginning }: Layout): boolean {
  const value = values[columns.findIndex(({ name }) => name === telling)];
  return Buffer.isBuffer(value) && beginning.test(value.toString('latin1', 0, LOOKED_AT));
}

/** @returns whether it is there now: not when a row with the same keys is there already */
function insert(database: SqlDatabase, { table, columns }: Layout, row: StoredRow): boolean {
  const given = columns
    .map((column, index) => ({ column, value: row.values[index] ?? null }))
    .filter(({ column }) => column.is_generated === 0);
  const places = given.map(({ column }, index) =>
    column.type === 'INTEGER' ? `@v${index}` : `CAST(@v${index} AS ${column.type})`,
  );
  const parameters: SqlParameters = Object.fromEntries(
    given.map(({ column, value }, index) => [
      `v${index}`,
      column.is_row_id === 1 ? row.rowId : fitting(column, value),
    ]),
  );
  const names = given.map(({ column }) => `"${column.name}"`).join();
  const sql = `INSERT OR IGNORE INTO ${table} (${names}) VALUES (${places.join()})`;
  return database.change(sql, parameters) === 1;
}

/** A value that the column takes. What is missing becomes what a damaged row is read as. */
function fitting({ type, name }: Column, value: StoredValue): StoredValue {
  if (type === 'INTEGER') {
    return Number.isSafeInteger(value) ? value : 0;
  }
  if (value === null) {
    return name === 'result' ? null : Buffer.alloc(0);
  }
  return typeof value === 'number' ? Buffer.from(String(value)) : value;
}

/** The columns of a table in the order in which they are stored. */
function columnsOf(database: SqlDatabase, table: string): readonly Column[] {
  return database.rows(
    Column,
    `SELECT ${asBytes('name')}, ${asBytes('type')}, hidden <> 0 AS is_generated, pk AND type = 'INTEGER' AS is_row_id
     FROM pragma_table_xinfo('${table}') WHERE hidden <> 2 ORDER BY cid`,
  );
}
