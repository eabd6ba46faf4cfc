import { EvaluationResult, Task, type TaskStatus } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { ServiceError } from '../service-error';
import { jsonColumn } from './json-column';
import type { SqlDatabase } from './sql-database';
import type { Page, PlannedTask } from './store';

const TaskRow = v.object({ ...Task.entries, evaluation: v.nullable(jsonColumn(EvaluationResult)) });
const Total = v.object({ total: v.number() });

const COLUMNS_WITHOUT_TEXT = `
  task_id, session_id, task_type, title, description, position, chapter_index, status, error, evaluation,
  created_at, updated_at, started_at, completed_at, execution_time_seconds,
  prompt_tokens, completion_tokens, prompt_tokens + completion_tokens AS total_tokens,
  failed_attempts, retry_count, llm_provider, llm_model`;
const COLUMNS = `${COLUMNS_WITHOUT_TEXT}, result`;

/** The rows of the tasks, read and planned; `TaskTransitions` changes them. */
export class TaskRows {
  readonly #database: SqlDatabase;

  constructor(database: SqlDatabase) {
    this.#database = database;
  }

  insert(taskId: string, sessionId: string, position: number, task: PlannedTask, now: string): void {
    this.#database.change(
      `INSERT INTO tasks
         (task_id, session_id, position, task_type, chapter_index, title, description, status, created_at, updated_at)
       VALUES (@taskId, @sessionId, @position, @taskType, @chapterIndex, @title, @description, 'pending', @now, @now)`,
      {
        taskId,
        sessionId,
        position,
        taskType: task.taskType,
        chapterIndex: task.chapterIndex,
        title: task.title,
        description: task.description,
        now,
      },
    );
  }

  /** @throws ServiceError `unknown_task` */
  find(taskId: string): Task {
    const task = this.#database.row(TaskRow, `SELECT ${COLUMNS} FROM tasks WHERE task_id = @taskId`, {
      taskId,
    });
    if (task === undefined) {
      throw new ServiceError('unknown_task', `There is no task ${taskId}.`);
    }
    return task;
  }

  /** All tasks of a session with their texts, in the order of the plan. */
  of(sessionId: string): readonly Task[] {
    const sql = `SELECT ${COLUMNS} FROM tasks WHERE session_id = @sessionId ORDER BY position`;
    return this.#database.rows(TaskRow, sql, { sessionId });
  }

  /** Without their texts, last changed first. */
  page(query: { page: number; pageSize: number; status?: TaskStatus; sessionId?: string }): Page<Task> {
    const from = `FROM tasks
      WHERE (@status IS NULL OR status = @status) AND (@sessionId IS NULL OR session_id = @sessionId)`;
    const filter = { status: query.status ?? null, sessionId: query.sessionId ?? null };
    return {
      items: this.#database.rows(
        TaskRow,
        `SELECT ${COLUMNS_WITHOUT_TEXT} ${from}
         ORDER BY updated_at DESC, sequence DESC LIMIT @limit OFFSET @offset`,
        { ...filter, limit: query.pageSize, offset: (query.page - 1) * query.pageSize },
      ),
      total: this.#database.row(Total, `SELECT count(*) AS total ${from}`, filter)?.total ?? 0,
    };
  }
}
