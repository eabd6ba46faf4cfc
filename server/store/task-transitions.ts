import type { Task, TaskStatus } from '@creative-autogpt/protocol';
import { ServiceError } from '../service-error';
import type { SqlDatabase, SqlParameters } from './sql-database';
import type { TaskOutcome } from './store';
import type { TaskRows } from './task-rows';

/** What belongs to the attempt under way is cleared by what ends it. */
const ATTEMPT_OVER = 'attempt_retries = 0, attempt_rewrites = 0';

/** Moves tasks from status to status. Each method belongs inside a transaction and refuses a task in another status. */
export class TaskTransitions {
  readonly #database: SqlDatabase;
  readonly #tasks: TaskRows;

  constructor(database: SqlDatabase, tasks: TaskRows) {
    this.#database = database;
    this.#tasks = tasks;
  }

  /** A running task may begin again only as a rewrite, which is a further call of the same attempt. */
  begin(taskId: string, attempt: { retry: boolean; rewrite: boolean }, now: string): Task {
    return this.#move(
      taskId,
      attempt.rewrite ? ['pending', 'failed', 'running'] : ['pending', 'failed'],
      `started_at = iif(status = 'running', started_at, @now), call_count = call_count + (status = 'running'),
       status = 'running', execution_time_seconds = NULL, error = NULL, retry_count = retry_count + @retry,
       attempt_retries = attempt_retries + @retry, attempt_rewrites = attempt_rewrites + @rewrite`,
      { now, retry: Number(attempt.retry), rewrite: Number(attempt.rewrite) },
    );
  }

  complete(taskId: string, outcome: TaskOutcome, now: string): Task {
    return this.#move(
      taskId,
      ['running'],
      `status = 'completed', completed_at = @now, execution_time_seconds = @seconds, call_count = call_count + 1,
       result = @result, evaluation = @evaluation, prompt_tokens = @promptTokens, completion_tokens = @completionTokens,
       llm_provider = @provider, llm_model = @model, ${ATTEMPT_OVER}`,
      {
        now,
        seconds: this.#secondsSinceStart(taskId, now),
        result: outcome.result,
        evaluation: JSON.stringify(outcome.evaluation),
        promptTokens: outcome.promptTokens,
        completionTokens: outcome.completionTokens,
        provider: outcome.provider,
        model: outcome.model,
      },
    );
  }

  fail(taskId: string, error: string, final: boolean, now: string): Task {
    return this.#move(
      taskId,
      ['running'],
      `status = @status, error = @error, failed_attempts = failed_attempts + 1, call_count = call_count + 1,
       started_at = iif(@status = 'failed', started_at, NULL),
       execution_time_seconds = @seconds, ${ATTEMPT_OVER}`,
      {
        now,
        status: final ? 'failed' : 'pending',
        error,
        seconds: final ? this.#secondsSinceStart(taskId, now) : null,
      },
    );
  }

  putBack(taskId: string, now: string): Task {
    return this.#move(
      taskId,
      ['running'],
      `status = 'pending', started_at = NULL,
       retry_count = retry_count - attempt_retries, ${ATTEMPT_OVER}`,
      { now },
    );
  }

  #move(taskId: string, from: readonly TaskStatus[], assignments: string, parameters: SqlParameters): Task {
    const { status } = this.#tasks.find(taskId);
    if (!from.includes(status)) {
      throw new ServiceError('invalid_state', `Task ${taskId} is ${status}, not ${from.join(' or ')}.`);
    }
    this.#database.change(`UPDATE tasks SET ${assignments}, updated_at = @now WHERE task_id = @taskId`, {
      taskId,
      ...parameters,
    });
    return this.#tasks.find(taskId);
  }

  #secondsSinceStart(taskId: string, now: string): number {
    const startedAt = this.#tasks.find(taskId).started_at ?? now;
    // A clock that was set back must not make a task take less than no time.
    return Math.max(0, (Date.parse(now) - Date.parse(startedAt)) / 1000);
  }
}
