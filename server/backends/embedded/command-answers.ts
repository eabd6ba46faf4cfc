import * as v from 'valibot';
import type { AnswerRetention } from '../remembered-answer';
import { totalsOf } from './owner-totals';
import type { SqlDatabase } from './sql-database';
import { asBytes, Text } from './sql-text';

const AnswerRow = v.object({ answer: Text });

const HOUR_MS = 3_600_000;

/** Answers that one step of a trim, or one more answer, may drop. */
const STEP = 500;

/** The answers to the last commands, by their owners and ids. */
export class CommandAnswers {
  constructor(
    private readonly database: SqlDatabase,
    private readonly retention: AnswerRetention,
  ) {}

  /** The text that is stored; undefined where there is none. */
  find(owner: string, id: string): string | undefined {
    const sql = `SELECT ${asBytes('answer')} FROM command_answers WHERE owner = @owner AND id = @id`;
    return this.database.row(AnswerRow, sql, { owner, id })?.answer;
  }

  /** Drops the oldest answers of the owner where there are too many. */
  insert(owner: string, id: string, answer: string, now: string): void {
    this.database.change(
      'INSERT INTO command_answers (owner, id, answered_at, answer) VALUES (@owner, @id, @now, @answer)',
      { owner, id, now, answer },
    );
    const { answers, answerBytes } = totalsOf(this.database, owner);
    const count = answers - this.retention.maxAnswers;
    const bytes = answerBytes - this.retention.maxBytes;
    if (count > 0 || bytes > 0) {
      this.#dropOldest(owner, count, bytes);
    }
  }

  /** Forgets a step of the answers that are too old. @returns whether there may be more */
  trim(now: Date): boolean {
    const expired = new Date(now.getTime() - this.retention.maxAgeHours * HOUR_MS).toISOString();
    const dropped = this.database.change(
      `DELETE FROM command_answers WHERE rowid IN (
         SELECT rowid FROM command_answers WHERE answered_at < @expired ORDER BY answered_at LIMIT @step)`,
      { step: STEP, expired },
    );
    return dropped === STEP;
  }

  /** @param count of those that are too many @param bytes that are too many */
  #dropOldest(owner: string, count: number, bytes: number): void {
    this.database.change(
      `DELETE FROM command_answers WHERE rowid IN (
         SELECT id FROM (
           SELECT id, size, sum(size) OVER oldest AS freed, row_number() OVER oldest AS number FROM (
             SELECT rowid AS id, octet_length(answer) AS size FROM command_answers
             WHERE owner = @owner ORDER BY rowid LIMIT @step)
           WINDOW oldest AS (ORDER BY id))
         WHERE number <= @count OR freed - size < @bytes)`,
      { owner, count, bytes, step: STEP },
    );
  }
}
