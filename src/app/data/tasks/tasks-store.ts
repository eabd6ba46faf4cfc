import { computed, inject, untracked } from '@angular/core';
import type { Decision, Task, TaskStatus } from '@creative-autogpt/protocol';
import {
  type EntityDraft,
  type PageQuery,
  withLiveEntities,
  withLivePages,
} from '@creative-autogpt/realtime/signals';
import { signalStore, withComputed, withMethods, withProps } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { catchError, map, throwError } from 'rxjs';
import { answerOf } from '../../platform/rest/answered';
import { failureOf, isNotFound, type RestFailure, toRestFailure } from '../../platform/rest/rest-failure';
import { laterOf } from '../later-of';
import { sessionDeleted, taskUpdate } from '../realtime/events';
import { isWhole, taskAfter, withKnownText, withoutText } from './task-after';
import { TasksApi } from './tasks-api';

/** Sessions whose texts are kept at once: going back to one of them shows it at once. */
const KEPT_SESSIONS = 5;

/**
 * Whether the plan of a session is being read, could not be read, or is known: a plan without tasks is known,
 * too.
 */
export type PlanState = 'loading' | 'failed' | 'known';

/** A reading of a task, unless what is known is younger. */
function reading(tasks: EntityDraft<Task>, answer: Task): Task {
  const known = tasks.get(answer.task_id);
  return laterOf(known, withKnownText(known, answer));
}

/**
 * The tasks of all sessions, live: fed by the WebSocket, filled from REST by what pages open, decided by
 * people.
 */
export const TasksStore = signalStore(
  { providedIn: 'root' },
  withEntities<Task>(),
  withLiveEntities({
    selectId: ({ task_id: id }: Task) => id,
    reads: (read, api = inject(TasksApi)) => ({
      /** The whole plan of a session: what is not in it is no longer part of it. */
      _plan: read({
        load: (sessionId: string) => api.ofSession(sessionId),
        take: (tasks, answer, sessionId) =>
          tasks.replace(
            answer.map((task) => reading(tasks, task)),
            ({ session_id: id }) => id === sessionId,
          ),
        keep: KEPT_SESSIONS,
        // Texts are long: those of a session that nobody reads any more are read again when somebody does.
        evict: (tasks, sessionId) => tasks.update(({ session_id: id }) => id === sessionId, withoutText),
      }),
      _task: read({
        load: (id: string) => api.task(id),
        take: (tasks, answer) => tasks.set(reading(tasks, answer)),
        missing: (tasks, id) => tasks.remove(id),
      }),
    }),
    on: (on, { _plan, _task }) => [
      on(taskUpdate, (tasks, event) => {
        const { task_id: id } = event.data;
        const task = taskAfter(tasks.get(id), event);
        if (task === undefined) {
          tasks.fetch(_task, id);
        } else if (!tasks.isMissing(task.session_id)) {
          const isRead = (): boolean => _plan.keeps(task.session_id) || _task.isOpen(id);
          tasks.set(typeof task.result !== 'string' || isRead() ? task : withoutText(task));
        }
      }),
      on(sessionDeleted, (tasks, { session_id: sessionId }) => {
        tasks.remove(({ session_id: id }) => id === sessionId);
        // A server may still talk about its tasks.
        tasks.setMissing(sessionId);
      }),
    ],
  }),
  withLivePages((api = inject(TasksApi)) => ({
    load: (query: PageQuery<TaskStatus>) => api.page(query),
    take: (tasks: EntityDraft<Task>, items) => items.forEach((task) => tasks.set(reading(tasks, task))),
    compare: (a: Task, b: Task) => Date.parse(b.updated_at) - Date.parse(a.updated_at),
    filterOf: ({ status }: Task) => status,
    // The server lists what it could not read by the status that it stored.
    stays: ({ damaged }: Task) => damaged === true,
  })),
  withProps(() => ({ _api: inject(TasksApi) })),
  withComputed(({ entities }) => ({ _bySession: computed(() => plansOf(entities())) })),
  withMethods(({ _api, _bySession, _live, _plan, _task }) => {
    const taskOf = (id: string): Task | undefined => _live.get(id);
    return {
      taskOf,
      /** Shows one task with its text; `taskOf(id)` follows. */
      openTask(id: string): void {
        untracked(() => {
          // Its text may have been dropped since it was read.
          if (!isWhole(taskOf(id))) {
            _task.forget(id);
          }
          _task.open(id);
        });
      },
      /** Whether an open task is waited for. */
      taskLoading: (id: string): boolean => _task.loadOf(id).status === 'loading' && !isWhole(taskOf(id)),
      /** Why an open task could not be read, or does not exist; null where it was, or is being read. */
      taskFailure: (id: string): RestFailure | null => failureOf(_task.loadOf(id)),

      /** Tasks of a session in the order of its plan. */
      tasksOf: (sessionId: string): Task[] => _bySession().get(sessionId) ?? [],
      /** Shows the plan of a session; `tasksOf(sessionId)` and `planState(sessionId)` follow. */
      openSession: (sessionId: string): void => _plan.open(sessionId),
      /** Whether `tasksOf(sessionId)` is the whole plan. */
      planState(sessionId: string): PlanState {
        const { status, error } = _plan.loadOf(sessionId);
        return status === 'known' ? 'known' : error ? 'failed' : 'loading';
      },
      /** Why the plan of a session is not known; null where it is, or is being read. */
      planFailure(sessionId: string): RestFailure | null {
        const load = _plan.loadOf(sessionId);
        return load.status === 'known' ? null : failureOf(load);
      },

      /** Decides about a text that waits for approval. Rejects with a `RestFailure`. */
      decide(id: string, decision: Decision): Promise<Task> {
        const request = _api.decide(id, decision).pipe(
          catchError((error: unknown) => {
            const failure = toRestFailure(error);
            if (isNotFound(failure)) {
              _live.change((tasks) => tasks.remove(id));
            }
            return throwError(() => failure);
          }),
        );
        return answerOf(
          _live
            .call(request, (tasks, answer) => tasks.set(reading(tasks, answer)))
            .pipe(map((answer) => taskOf(id) ?? answer)),
        );
      },
    };
  }),
);

/** The injected store. */
export type TasksStore = InstanceType<typeof TasksStore>;

function plansOf(tasks: readonly Task[]): ReadonlyMap<string, Task[]> {
  const plans = new Map<string, Task[]>();
  for (const task of tasks) {
    const plan = plans.get(task.session_id);
    if (plan) {
      plan.push(task);
    } else {
      plans.set(task.session_id, [task]);
    }
  }
  for (const plan of plans.values()) {
    plan.sort((a, b) => a.position - b.position);
  }
  return plans;
}
