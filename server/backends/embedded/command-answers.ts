import * as v from 'valibot';
import type { SqlDatabase } from './sql-database';
import { asBytes, Text } from './sql-text';

const AnswerRow = v.object({ answer: Text });

const DAY_MS = 86_400_000;

/** The answers to the commands of the last day, by their owners and ids. */
export class CommandAnswers {
  constructor(private readonly database: SqlDatabase) {}

  /** The text that is stored; undefined where there is none. */
  find(owner: string, id: string): string | undefined {
    const sql = `SELECT ${asBytes('answer')} FROM command_answers WHERE owner = @owner AND id = @id`;
    return this.database.row(AnswerRow, sql, { owner, id })?.answer;
  }

  insert(owner: string, id: string, answer: string, now: string): void {
    this.database.change(
      'INSERT INTO command_answers (owner, id, answered_at, answer) VALUES (@owner, @id, @now, @answer)',
      { owner, id, now, answer },
    );
  }

  /** Forgets at most `step` of the answers that are older than a day. @returns how many */
  trim(now: Date, step: number): number {
    return this.database.change(
      `DELETE FROM command_answers WHERE rowid IN (
         SELECT rowid FROM command_answers WHERE answered_at < @expired ORDER BY answered_at LIMIT @step)`,
      { step, expired: new Date(now.getTime() - DAY_MS).toISOString() },
    );
  }
}
