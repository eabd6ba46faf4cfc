import type { EvaluationResult, SessionConfig, SessionGoal, TaskType } from '@creative-autogpt/protocol';
import type { SessionRecord } from './session-record';
import type { TaskRecord } from './task-record';

/** A new session, its defaults filled in. */
export interface NewSession {
  readonly title: string;
  readonly mode: string;
  readonly goal: SessionGoal;
  readonly config: SessionConfig;
}

/** One step of a plan. */
export interface PlannedTask {
  readonly taskType: TaskType;
  readonly title: string;
  readonly description: string;
  readonly chapterIndex: number | null;
}

/** What an attempt at a task has cost. */
export interface Spent {
  /** Calls of the author. */
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What a finished task leaves behind. */
export interface TaskOutcome extends Spent {
  readonly result: string;
  readonly evaluation: EvaluationResult;
  readonly provider: string;
  readonly model: string;
  /** How long it was written, by a clock that nobody can set. */
  readonly seconds: number;
}

/** A session that was just made. */
export function newSession(
  id: string,
  { title, mode, goal, config }: NewSession,
  now: string,
): SessionRecord {
  return {
    id,
    title,
    mode,
    status: 'created',
    goal,
    config,
    created_at: now,
    updated_at: now,
    completed_at: null,
    total_tasks: 0,
    completed_tasks: 0,
    failed_tasks: 0,
    pending_approval_tasks: 0,
    llm_calls: 0,
    tokens_used: 0,
    is_rewriting: false,
    rewrite_attempt: 0,
    rewrite_task_id: null,
    rewrite_task_type: null,
    error: null,
    error_code: null,
    feedback: [],
    damaged: false,
    launch: 0,
    run: 0,
  };
}

/** A task that was just planned. */
export function newTask(
  taskId: string,
  { sessionId, position }: { readonly sessionId: string; readonly position: number },
  { taskType, title, description, chapterIndex }: PlannedTask,
  now: string,
): TaskRecord {
  return {
    task_id: taskId,
    session_id: sessionId,
    task_type: taskType,
    title,
    description,
    position,
    chapter_index: chapterIndex,
    status: 'pending',
    error: null,
    error_code: null,
    waiting: null,
    evaluation: null,
    created_at: now,
    updated_at: now,
    started_at: null,
    completed_at: null,
    execution_time_seconds: null,
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
    failed_attempts: 0,
    retry_count: 0,
    llm_provider: null,
    llm_model: null,
    // Clients that merge updates into what they know must learn that a task is not damaged any more.
    damaged: false,
    call_count: 0,
    attempt_retries: 0,
    attempt_rewrites: 0,
    checkpoint: null,
  };
}
