import type { FailureCode, TaskStatus, Waiting } from '@creative-autogpt/protocol';
import { ServiceError } from './service-error';
import type { Spent, TaskOutcome } from './new-work';
import type { TaskRecord } from './task-record';

/**
 * A task whose author fails this often fails the session; when that is started again, the task has as many
 * attempts anew. Counted from what is stored, so that neither a pause nor a restart of the server gives more.
 */
const ATTEMPTS_PER_START = 3;

/** Why a session fails whose next task cannot be read. */
export const DAMAGED = {
  error: 'The stored record of the next task is damaged. Start the session to have the task written anew.',
  code: null,
};

/** What belongs to the attempt under way is cleared by what ends it. */
const ATTEMPT_OVER = { attempt_retries: 0, attempt_rewrites: 0, checkpoint: null, waiting: null };

/**
 * The moves of a task from status to status. Each gives the task after it.
 *
 * @throws ServiceError `invalid_state` for a task in another status than the move is from.
 */

/** A running task may begin again only as a rewrite, which is a further call of the same attempt. */
export function begin(
  task: TaskRecord,
  { retry, rewrite }: { readonly retry: boolean; readonly rewrite: boolean },
  now: string,
): TaskRecord {
  mustBe(task, rewrite ? ['pending', 'failed', 'running'] : ['pending', 'failed']);
  const isRunning = task.status === 'running';
  return {
    ...task,
    status: 'running',
    started_at: isRunning ? task.started_at : now,
    execution_time_seconds: null,
    error: null,
    error_code: null,
    call_count: task.call_count + Number(isRunning),
    retry_count: task.retry_count + Number(retry),
    attempt_retries: task.attempt_retries + Number(retry),
    attempt_rewrites: task.attempt_rewrites + Number(rewrite),
    updated_at: now,
  };
}

/** The text is written; it waits for approval where one is asked for. */
export function finish(
  task: TaskRecord,
  outcome: TaskOutcome,
  waitsForApproval: boolean,
  now: string,
): TaskRecord {
  mustBe(task, ['running']);
  return {
    ...task,
    ...ATTEMPT_OVER,
    status: waitsForApproval ? 'pending_approval' : 'completed',
    completed_at: waitsForApproval ? null : now,
    execution_time_seconds: outcome.seconds,
    ...withSpent(task, outcome),
    evaluation: outcome.evaluation,
    llm_provider: outcome.provider,
    llm_model: outcome.model,
    updated_at: now,
  };
}

/** What the author waits for, or null once it goes on. */
export function wait(task: TaskRecord, waiting: Waiting | null, now: string): TaskRecord {
  mustBe(task, ['running']);
  return { ...task, waiting, updated_at: now };
}

/**
 * A person has read the text. Without approval the task waits to be written anew, which counts as a retry.
 */
export function decide(task: TaskRecord, isApproved: boolean, now: string): TaskRecord {
  mustBe(task, ['pending_approval']);
  return isApproved
    ? { ...task, status: 'completed', completed_at: now, updated_at: now }
    : {
        ...task,
        status: 'pending',
        started_at: null,
        execution_time_seconds: null,
        evaluation: null,
        retry_count: task.retry_count + 1,
        updated_at: now,
      };
}

/** An attempt that came to nothing. */
export interface FailedAttempt {
  /** Why, in words. */
  readonly error: string;
  /** What pages know the reason by. */
  readonly code: FailureCode;
  /** Whether another attempt may go better. */
  readonly mayTryAgain: boolean;
  /** How long it took, by a clock that nobody can set. */
  readonly seconds: number;
  readonly spent: Spent;
}

/** Whether the task has failed when this attempt at it fails. */
export function isLastAttempt(task: Pick<TaskRecord, 'failed_attempts'>, mayTryAgain: boolean): boolean {
  return !mayTryAgain || (task.failed_attempts + 1) % ATTEMPTS_PER_START === 0;
}

/** The author failed: the task waits to be begun again or, after its last attempt, has failed. */
export function fail(
  task: TaskRecord,
  { error, code, mayTryAgain, seconds, spent }: FailedAttempt,
  now: string,
): TaskRecord {
  mustBe(task, ['running']);
  const final = isLastAttempt(task, mayTryAgain);
  return {
    ...task,
    ...ATTEMPT_OVER,
    status: final ? 'failed' : 'pending',
    error,
    error_code: code,
    failed_attempts: task.failed_attempts + 1,
    ...withSpent(task, spent),
    started_at: final ? task.started_at : null,
    execution_time_seconds: final ? seconds : null,
    updated_at: now,
  };
}

/**
 * The attempt is over and does not count.
 *
 * @param checkpoint what was written, for the next attempt to go on from; null to begin anew
 */
export function putBack(task: TaskRecord, now: string, checkpoint: string | null = null): TaskRecord {
  mustBe(task, ['running']);
  return {
    ...task,
    ...ATTEMPT_OVER,
    status: 'pending',
    checkpoint,
    started_at: null,
    retry_count: Math.max(0, task.retry_count - task.attempt_retries),
    updated_at: now,
  };
}

/** Adds what an attempt has cost. Each of its rewrites was counted as a call when it began. */
function withSpent(
  task: TaskRecord,
  { calls, promptTokens, completionTokens }: Spent,
): Pick<TaskRecord, 'call_count' | 'prompt_tokens' | 'completion_tokens' | 'total_tokens'> {
  const prompt = task.prompt_tokens + promptTokens;
  const completion = task.completion_tokens + completionTokens;
  return {
    call_count: task.call_count + Math.max(1, calls - task.attempt_rewrites),
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
  };
}

function mustBe(task: TaskRecord, allowed: readonly TaskStatus[]): void {
  if (!allowed.includes(task.status)) {
    throw new ServiceError(
      'invalid_state',
      `Task ${task.task_id} is ${task.status}, not ${allowed.join(' or ')}.`,
    );
  }
}
