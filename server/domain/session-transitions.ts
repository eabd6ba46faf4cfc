import type { FailureCode, SessionCommand, SessionStatus } from '@creative-autogpt/protocol';
import { RunSuperseded } from './run-superseded';
import { ServiceError } from './service-error';
import type { SessionRecord } from './session-record';
import type { TaskRecord } from './task-record';

/** How many messages of feedback a session keeps. */
const MAX_FEEDBACK = 20;

/** Ends of processes in a row over the same task after which a person decides whether it is tried again. */
const MOST_CRASHES = 3;

/** Processes that are remembered to have run the same task. */
const MAX_RUN_BY = 20;

/** Why a session waits whose task has ended the server again and again. */
export const ENDED_SERVER = {
  error:
    'Each time that this task was written, the server ended by itself, three times in a row. ' +
    'See its log and its memory before you go on with the session.',
  code: 'server_ended',
} as const;

const ALLOWED_IN: Record<SessionCommand, readonly SessionStatus[]> = {
  start: ['created', 'stopped', 'failed'],
  pause: ['running'],
  resume: ['paused'],
  stop: ['running', 'paused'],
};

/** Why a session failed. */
export interface Failure {
  /** In words. */
  readonly error: string;
  /** What pages know the reason by. */
  readonly code: FailureCode | null;
}

/** Why a session fails that comes to a task whose text would be too much. */
export const NO_ROOM: Failure = {
  error:
    'As much is stored as one owner may have: delete sessions that are not needed any more, then start this one again.',
  code: 'limit_reached',
};

/**
 * A completed session may be started to have its damaged tasks written anew.
 *
 * @throws ServiceError `invalid_state` where the status of the session does not allow the command.
 */
export function mustAllow(
  command: SessionCommand,
  { status }: SessionRecord,
  tasks: readonly TaskRecord[],
): void {
  const allowed = ALLOWED_IN[command];
  const isToBeMended =
    command === 'start' && status === 'completed' && tasks.some(({ damaged }) => damaged === true);
  if (!isToBeMended && !allowed.includes(status)) {
    throw new ServiceError(
      'invalid_state',
      `A session that is ${status} does not take "${command}": it must be ${allowed.join(' or ')}.`,
    );
  }
}

/**
 * A session keeps the reason of its failure while it is failed, and the time of its completion while it is
 * completed.
 */
export function toStatus(status: SessionStatus, now: string, failure?: Failure): Partial<SessionRecord> {
  return {
    status,
    error: failure?.error ?? null,
    error_code: failure?.code ?? null,
    completed_at: status === 'completed' ? now : null,
  };
}

/** @throws ServiceError `invalid_state` for a completed session */
export function mustTakeFeedback({ status }: SessionRecord): void {
  if (status === 'completed') {
    throw new ServiceError('invalid_state', 'The session is completed: nothing is written any more.');
  }
}

export function withFeedback(
  { feedback = [] }: SessionRecord,
  message: string,
  taskId: string | null,
  now: string,
): Partial<SessionRecord> {
  return { feedback: [...feedback, { message, task_id: taskId, given_at: now }].slice(-MAX_FEEDBACK) };
}

/** What a session shows of its tasks: their counts and their costs, and which of them is being rewritten. */
export function countsOf(tasks: readonly TaskRecord[]): Partial<SessionRecord> {
  const rewritten = tasks.find(({ attempt_rewrites: rewrites }) => rewrites > 0);
  return {
    total_tasks: tasks.length,
    completed_tasks: tasks.filter(({ status }) => status === 'completed').length,
    failed_tasks: tasks.filter(({ status }) => status === 'failed').length,
    pending_approval_tasks: tasks.filter(({ status }) => status === 'pending_approval').length,
    llm_calls: sum(tasks.map(({ call_count: calls }) => calls)),
    tokens_used: sum(tasks.map(({ total_tokens: tokens }) => tokens)),
    is_rewriting: rewritten !== undefined,
    rewrite_attempt: rewritten?.attempt_rewrites ?? 0,
    rewrite_task_id: rewritten?.task_id ?? null,
    rewrite_task_type: rewritten?.task_type ?? null,
  };
}

/** Whether there is something to be done now: the session runs, and waits for nobody's approval. */
export function isToBeRun({ status }: SessionRecord, tasks: readonly TaskRecord[]): boolean {
  return status === 'running' && nextOf(tasks)?.status !== 'pending_approval';
}

/** The task that the session is at, or that it does next. */
export function nextOf(tasks: readonly TaskRecord[]): TaskRecord | undefined {
  return tasks.find(({ status }) => status !== 'completed');
}

/** @throws RunSuperseded when the session is not to run, or was launched anew since this launch. */
export function mustBeLaunch(launch: number, session: SessionRecord): void {
  if (session.status !== 'running' || session.launch !== launch) {
    throw new RunSuperseded(session.id);
  }
}

/**
 * A process takes the session up. @param isCutOff whether the run before ended without a word in the middle
 * of a task
 */
export function takenUp(
  { run_by: before = [], crashes = 0 }: SessionRecord,
  processId: string,
  isCutOff: boolean,
): Pick<SessionRecord, 'run_by' | 'crashes'> {
  return isCutOff
    ? { run_by: [...before, processId].slice(-MAX_RUN_BY), crashes }
    : { run_by: [processId], crashes: 0 };
}

/** Something was stored of what the session writes: earlier ends of processes say nothing any more. */
export function wentOn({ run_by: runBy = [] }: SessionRecord): Pick<SessionRecord, 'run_by' | 'crashes'> {
  return { run_by: runBy.slice(-1), crashes: 0 };
}

/**
 * A process that failed by itself is taken from those that ran the session, and counted.
 *
 * @param isWriting whether a task is being written: otherwise the last of the processes was between two tasks
 * @returns undefined where it was not in the middle of the session's task
 */
export function crashed(
  { run_by: runBy = [], crashes = 0 }: SessionRecord,
  processId: string,
  isWriting: boolean,
): Pick<SessionRecord, 'run_by' | 'crashes'> | undefined {
  const at = runBy.indexOf(processId);
  return at === -1 || (at === runBy.length - 1 && !isWriting)
    ? undefined
    : { run_by: runBy.filter((_, index) => index !== at), crashes: crashes + 1 };
}

/** Whether only a person may have the session go on. */
export function hasEndedServer({ crashes = 0 }: SessionRecord): boolean {
  return crashes >= MOST_CRASHES;
}

/** @throws RunSuperseded when this run is over. */
export function mustBeRun(run: number, session: SessionRecord): void {
  if (session.status !== 'running' || session.run !== run) {
    throw new RunSuperseded(session.id);
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
