import * as v from 'valibot';
import type { SqlDatabase } from './sql-database';
import { asNumber, WholeNumber } from './sql-text';

const TotalsRow = v.object({
  workBytes: WholeNumber,
  journalBytes: WholeNumber,
  answerBytes: WholeNumber,
  answers: WholeNumber,
});
const TOTALS = [
  asNumber('work_bytes', 'workBytes'),
  asNumber('journal_bytes', 'journalBytes'),
  asNumber('answer_bytes', 'answerBytes'),
  asNumber('answers'),
].join();

/** What one owner takes of a database: bytes of UTF-8, and the number of answers to commands. */
export type Totals = v.InferOutput<typeof TotalsRow>;

const NOTHING: Totals = { workBytes: 0, journalBytes: 0, answerBytes: 0, answers: 0 };

/** Running totals: triggers of the schema keep them, within the transaction that changes what they count. */
export function totalsOf(database: SqlDatabase, owner: string): Totals {
  const sql = `SELECT ${TOTALS} FROM owner_totals WHERE owner = @owner`;
  return database.row(TotalsRow, sql, { owner }) ?? NOTHING;
}

/**
 * Counts the totals and the tasks of all owners anew, so that damage and other programs do no lasting harm to
 * them. It reads no text, only how long each is. A row whose owner is damaged is nobody's.
 */
export function countTotals(database: SqlDatabase): void {
  database.execute(`
    DELETE FROM owner_totals;
    INSERT INTO owner_totals (owner, work_bytes, journal_bytes, answer_bytes, answers)
      SELECT owner, ${sumOf('work')}, ${sumOf('journal')}, ${sumOf('answer')}, ${sumOf('answers')} FROM (
        SELECT owner, octet_length(record) AS work, 0 AS journal, 0 AS answer, 0 AS answers FROM sessions
        UNION ALL
        SELECT owner, coalesce(octet_length(record), 0) + coalesce(octet_length(result), 0), 0, 0, 0 FROM tasks
        UNION ALL SELECT owner, 0, octet_length(event), 0, 0 FROM journal
        UNION ALL SELECT owner, 0, 0, octet_length(answer), 1 FROM command_answers
      ) WHERE typeof(owner) = 'text' GROUP BY owner;
    DELETE FROM task_counts;
    INSERT INTO task_counts (owner, status, count, characters)
      SELECT owner, status, count(*), ${sumOf('characters')} FROM tasks
      WHERE typeof(owner) = 'text' AND typeof(status) = 'text' GROUP BY owner, status;
  `);
}

/** The sum of a column as a whole number, whatever damage has made of some of its cells. */
function sumOf(column: string): string {
  return `CAST(total(${column}) AS INTEGER)`;
}
