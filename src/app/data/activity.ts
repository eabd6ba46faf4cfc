import { inject, type Signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import type {
  Session,
  SessionStatus,
  SessionUpdate,
  Task,
  TaskStatus,
  TaskUpdate,
} from '@creative-autogpt/protocol';
import { perFrame, REALTIME_FRAMES, RealtimeService } from '@creative-autogpt/realtime';
import {
  distinctUntilChanged,
  map,
  merge,
  type Observable,
  type OperatorFunction,
  scan,
  startWith,
} from 'rxjs';
import { sessionDeleted, sessionUpdate, taskUpdate } from './realtime/events';

/** A session or a task that has come to a status. */
export interface Activity {
  /** Id of the task or the session. */
  readonly id: string;
  readonly of: 'session' | 'task';
  /** Undefined for a task of a server that does not name the session. */
  readonly sessionId: string | undefined;
  /** Undefined where the server named none. */
  readonly title: string | undefined;
  readonly status: SessionStatus | TaskStatus;
  /** When it came to that status, ISO 8601. */
  readonly at: string;
}

/** A session was deleted, and its activity goes with it. */
interface Removal {
  readonly removed: string;
}

/** One step of a {@link newestFirst} list. */
export type ActivityChange = Activity | Removal;

/** Most entries of a list. Pages show fewer. */
const MAX_ENTRIES = 30;

/**
 * Activity of all sessions: first the sessions that the calling page knows, then live, all of an animation frame
 * at once. Call it in an injection context.
 */
export function injectSessionActivity(
  known: Signal<readonly Session[]>,
): Observable<readonly ActivityChange[]> {
  const realtime = inject(RealtimeService);
  const live = merge(
    realtime.on(sessionUpdate).pipe(map(({ session_id: id, data }) => ofSession({ ...data, id }))),
    realtime.on(sessionDeleted).pipe(map(({ session_id: removed }) => ({ removed }))),
  );
  return merge(
    toObservable(known).pipe(map((sessions) => sessions.map(ofSession))),
    live.pipe(perFrame({ nextFrame: inject(REALTIME_FRAMES) })),
  );
}

/** The same of the tasks of all sessions. */
export function injectTaskActivity(known: Signal<readonly Task[]>): Observable<readonly ActivityChange[]> {
  const realtime = inject(RealtimeService);
  const live = merge(
    realtime.on(taskUpdate).pipe(map(({ session_id: id, data }) => ofTask({ session_id: id, ...data }))),
    realtime.on(sessionDeleted).pipe(map(({ session_id: removed }) => ({ removed }))),
  );
  return merge(
    toObservable(known).pipe(map((tasks) => tasks.map(ofTask))),
    live.pipe(perFrame({ nextFrame: inject(REALTIME_FRAMES) })),
  );
}

/** Collects activity into a bounded list, newest first; it begins empty. */
export function newestFirst(): OperatorFunction<readonly ActivityChange[], readonly Activity[]> {
  return (changes) =>
    changes.pipe(
      scan((list: readonly Activity[], arrived) => arrived.reduce(withChange, list), []),
      startWith([]),
      distinctUntilChanged(),
    );
}

/** The status of a session as people understand it: one that waits for approval writes nothing. */
export function shownStatus({
  status,
  pending_approval_tasks: waiting = 0,
}: Pick<Session, 'status' | 'pending_approval_tasks'>): SessionStatus | TaskStatus {
  return status === 'running' && waiting > 0 ? 'pending_approval' : status;
}

/** The tasks of a {@link newestFirst} list that are being written now. */
export function runningNow(list: readonly Activity[]): readonly Activity[] {
  return list.filter(
    (entry) => entry.status === 'running' && list.find(({ id }) => id === entry.id) === entry,
  );
}

/**
 * A list with a change, where the change is news. No news are: a task that was planned and is pending, the
 * status that the newest entry of the id has already, and a reading that is older than that entry.
 */
function withChange(list: readonly Activity[], change: ActivityChange): readonly Activity[] {
  if ('removed' in change) {
    return list.filter(({ sessionId }) => sessionId !== change.removed);
  }
  const last = list.find(({ id }) => id === change.id);
  const isNews = last === undefined ? change.status !== 'pending' : change.status !== last.status;
  if (!isNews || (last !== undefined && timeOf(change) < timeOf(last))) {
    return list;
  }
  const entry = { ...change, title: change.title ?? last?.title };
  const place = list.findIndex((other) => timeOf(other) <= timeOf(entry));
  const newer = place === -1 ? list : list.slice(0, place);
  return [...newer, entry, ...list.slice(newer.length)].slice(0, MAX_ENTRIES);
}

function ofSession(session: SessionUpdate['data'] & { id: string }): Activity {
  const { id, title, updated_at: at = now() } = session;
  return { id, of: 'session', sessionId: id, title, status: shownStatus(session), at };
}

function ofTask(task: TaskUpdate['data']): Activity {
  const { task_id: id, session_id: sessionId, title, status, updated_at: at = now() } = task;
  return { id, of: 'task', sessionId, title, status, at };
}

function now(): string {
  return new Date().toISOString();
}

function timeOf({ at }: Activity): number {
  return Date.parse(at);
}
