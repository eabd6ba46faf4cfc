import { ERROR_CODES } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { jsonColumn } from './json-column';
import type { SqlDatabase } from './sql-database';
import type { Answer, NamedCommand } from './store';

const StoredAnswer = v.variant('ok', [
  v.object({ ok: v.literal(true) }),
  v.object({
    ok: v.literal(false),
    error: v.object({ code: v.picklist(ERROR_CODES), message: v.string() }),
  }),
]);
const AnswerRow = v.object({ command: v.string(), session_id: v.string(), answer: jsonColumn(StoredAnswer) });

const DAY_MS = 86_400_000;

/** The answers to the commands of the last day, by the commands' ids. */
export class CommandAnswers {
  readonly #database: SqlDatabase;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  /** The answer this command got before; a refusal where another command had its id; undefined for one that is new. */
  find({ id, command, sessionId }: NamedCommand): Answer | undefined {
    const sql = 'SELECT command, session_id, answer FROM command_answers WHERE id = @id';
    const row = this.#database.row(AnswerRow, sql, { id });
    if (row !== undefined && (row.command !== command || row.session_id !== sessionId)) {
      return {
        ok: false,
        error: { code: 'invalid_message', message: `Another command had the id "${id}" before.` },
      };
    }
    return row?.answer;
  }

  insert({ id, command, sessionId }: NamedCommand, answer: Answer, now: string): void {
    this.#database.change(
      `INSERT INTO command_answers (id, command, session_id, answered_at, answer)
       VALUES (@id, @command, @sessionId, @now, @answer)`,
      { id, command, sessionId, now, answer: JSON.stringify(answer) },
    );
  }

  /** Forgets at most `step` of the answers that are older than a day. @returns how many */
  trim(now: Date, step: number): number {
    return this.#database.change(
      `DELETE FROM command_answers WHERE id IN (
         SELECT id FROM command_answers WHERE answered_at < @expired ORDER BY answered_at LIMIT @step)`,
      { step, expired: new Date(now.getTime() - DAY_MS).toISOString() },
    );
  }
}
