import * as v from 'valibot';
import type { SqlDatabase } from './sql-database';

const TotalsRow = v.object({
  workBytes: v.number(),
  journalBytes: v.number(),
  answerBytes: v.number(),
  answers: v.number(),
});

/** What one owner takes of a database: bytes of UTF-8, and the number of answers to commands. */
export type Totals = v.InferOutput<typeof TotalsRow>;

const NOTHING: Totals = { workBytes: 0, journalBytes: 0, answerBytes: 0, answers: 0 };

/** Running totals: triggers of the schema keep them, within the transaction that changes what they count. */
export function totalsOf(database: SqlDatabase, owner: string): Totals {
  const sql = `SELECT work_bytes AS workBytes, journal_bytes AS journalBytes, answer_bytes AS answerBytes, answers
    FROM owner_totals WHERE owner = @owner`;
  return database.row(TotalsRow, sql, { owner }) ?? NOTHING;
}

/**
 * Counts the totals of all owners anew, so that damage and other programs do no lasting harm to them. It
 * reads no text, only how long each is.
 */
export function countTotals(database: SqlDatabase): void {
  database.execute(`
    DELETE FROM owner_totals;
    INSERT INTO owner_totals (owner, work_bytes, journal_bytes, answer_bytes, answers)
      SELECT owner, sum(work), sum(journal), sum(answer), sum(answers) FROM (
        SELECT owner, octet_length(record) AS work, 0 AS journal, 0 AS answer, 0 AS answers FROM sessions
        UNION ALL
        SELECT owner, octet_length(record) + coalesce(octet_length(result), 0), 0, 0, 0 FROM tasks
        UNION ALL SELECT owner, 0, octet_length(event), 0, 0 FROM journal
        UNION ALL SELECT owner, 0, 0, octet_length(answer), 1 FROM command_answers
      ) GROUP BY owner;
  `);
}
