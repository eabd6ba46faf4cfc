import { inject, untracked } from '@angular/core';
import type { Task, TaskStatus } from '@creative-autogpt/protocol';
import { RealtimeService } from '@creative-autogpt/realtime';
import { patchState, signalStoreFeature, withMethods, withProps, withState } from '@ngrx/signals';
import { type RxMethod, rxMethod } from '@ngrx/signals/rxjs-interop';
import {
  asyncScheduler,
  filter,
  finalize,
  merge,
  mergeMap,
  type Observable,
  pipe,
  switchMap,
  tap,
  throttleTime,
} from 'rxjs';
import { sessionDeleted, taskUpdate } from '../realtime/events';
import { injectFreshness } from '../live/freshness';
import { pageKey, type PageQuery } from '../live/live-page';
import { isNotFound, RestFailure } from '../../platform/rest/rest-failure';
import { withLiveUpdates } from '../live/with-live-updates';
import { withRequests } from '../live/with-requests';
import { isWritten, type TaskEvent } from './task-changes';
import { TasksApi } from './tasks-api';
import { withTasks } from './with-tasks';

/** Least time between two reads of a page that updates ask for, in milliseconds. */
const REFRESH_INTERVAL = 1_000;
/** Tasks read at once because updates told only a part of them. */
const PARALLEL_READS = 4;

/** Sessions whose texts are kept at once: going back to one of them shows it at once. */
const KEPT_SESSIONS = 5;

/** Whether the plan of a session is being read, could not be read, or is known: a plan without tasks is known, too. */
export type PlanState = 'loading' | 'failed' | 'known';

interface OpenState {
  /** By session: where its plan stands, or why it could not be read. */
  readonly _plans: ReadonlyMap<string, 'loading' | 'known' | RestFailure>;
  /** Sessions whose texts are kept: the last ones opened, the open one at the end. */
  readonly _kept: readonly string[];
  readonly _openSessionId: string | null;
  readonly _openTaskId: string | null;
  /** Why the open page could not be read; null where it was, or is being read. */
  readonly pageFailure: RestFailure | null;
  /** The same for the open task. */
  readonly taskFailure: RestFailure | null;
}

/** Reads tasks when a page opens them, and again when the connection or an update makes what was read outdated. */
export function withTaskReads() {
  return signalStoreFeature(
    withTasks(),
    withRequests(),
    withState<OpenState>({
      _plans: new Map<string, never>(),
      _kept: [],
      _openSessionId: null,
      _openTaskId: null,
      pageFailure: null,
      taskFailure: null,
    }),
    withProps(() => {
      const realtime = inject(RealtimeService);
      return {
        _api: inject(TasksApi),
        _freshness: injectFreshness(),
        _live: merge(realtime.on(taskUpdate), realtime.on(sessionDeleted)) satisfies Observable<TaskEvent>,
      };
    }),
    withMethods((store) => {
      /** Tasks being read because an update told only a part of them. */
      const reading = new Set<string>();
      const planOf = (sessionId: string): string => `plan of ${sessionId}`;

      const readPage = (query: PageQuery<TaskStatus>): Observable<unknown> => {
        const answered = store._freshness.asking(pageKey(query));
        return store._read(
          store._api.page(query).pipe(withLiveUpdates(store._live)),
          ({ answer, updates }) => {
            answered();
            patchState(store, { pageFailure: null });
            store._takePage(query, answer, updates);
          },
          {
            quiet: pageKey(query) in store._pages(),
            handles: (pageFailure) => {
              patchState(store, { pageFailure });
              return false;
            },
          },
        );
      };
      const isPlanKnown = (sessionId: string): boolean => store._plans().get(sessionId) === 'known';
      /** A plan that was read once stays known, and shown, whatever becomes of the next read. */
      const setPlan = (sessionId: string, plan: 'loading' | 'known' | RestFailure): void => {
        if (!isPlanKnown(sessionId)) {
          patchState(store, ({ _plans }) => ({ _plans: new Map(_plans).set(sessionId, plan) }));
        }
      };
      const readPlan = (sessionId: string): Observable<unknown> => {
        setPlan(sessionId, 'loading');
        const answered = store._freshness.asking(planOf(sessionId));
        return store._read(
          store._api.ofSession(sessionId).pipe(withLiveUpdates(store._live)),
          ({ answer, updates }) => {
            answered();
            store._takePlan(sessionId, answer, updates);
            setPlan(sessionId, 'known');
          },
          {
            quiet: isPlanKnown(sessionId),
            handles: (failure) => {
              setPlan(sessionId, failure);
              // That there is no such session is told by the sessions.
              return isNotFound(failure);
            },
          },
        );
      };
      const readTask = (taskId: string, opened: boolean): Observable<unknown> => {
        const answered = store._freshness.asking(taskId);
        return store._read(
          store._api.task(taskId).pipe(withLiveUpdates(store._live)),
          ({ answer, updates }) => {
            answered();
            if (opened) {
              patchState(store, { taskFailure: null });
            }
            store._takeTask(answer, updates);
          },
          {
            quiet: !opened || isWhole(store.taskOf(taskId)),
            handles: (failure) => {
              if (opened) {
                patchState(store, { taskFailure: failure });
              }
              if (isNotFound(failure)) {
                store._dropTask(taskId);
              }
              return isNotFound(failure) && !opened;
            },
          },
        );
      };
      /** Keeps the texts of a session, and drops those of one opened longest ago where there are too many. */
      const keep = (sessionId: string): void => {
        const kept = [...store._kept().filter((id) => id !== sessionId), sessionId];
        const [dropped] = kept;
        if (dropped === undefined || kept.length <= KEPT_SESSIONS) {
          patchState(store, { _kept: kept });
          return;
        }
        patchState(store, ({ _plans }) => ({
          _kept: kept.slice(1),
          _plans: new Map([..._plans].filter(([id]) => id !== dropped)),
        }));
        store._dropTexts(dropped);
        store._freshness.forget();
      };
      const keepsText = ({ session_id: sessionId, task_id: taskId }: Task): boolean =>
        store._kept().includes(sessionId) || taskId === store._openTaskId();

      const loadPage = rxMethod<PageQuery<TaskStatus>>(switchMap(readPage));
      const loadPlan = rxMethod<string>(switchMap(readPlan));
      const loadTask = rxMethod<string>(switchMap((taskId) => readTask(taskId, true)));
      const loadUnknown = rxMethod<string>(
        pipe(
          filter((taskId) => !reading.has(taskId)),
          tap((taskId) => reading.add(taskId)),
          mergeMap(
            (taskId) => readTask(taskId, false).pipe(finalize(() => reading.delete(taskId))),
            PARALLEL_READS,
          ),
        ),
      );

      const reloadPage = (): void => {
        const query = store._query();
        if (query) {
          loadPage(query);
        }
      };
      const refreshPage: RxMethod<void> = rxMethod(
        pipe(
          throttleTime(REFRESH_INTERVAL, asyncScheduler, { leading: true, trailing: true }),
          tap(reloadPage),
        ),
      );

      return {
        /** Shows a page of the tasks of all sessions; `pageTasks()` and `total()` follow it from then on. */
        openPage(query: PageQuery<TaskStatus>): void {
          untracked(() => {
            patchState(store, { _query: query, pageFailure: null });
            if (!store._freshness.isFresh(pageKey(query))) {
              loadPage(query);
            }
          });
        },
        /** Whether `tasksOf(sessionId)` is the whole plan. */
        planState(sessionId: string): PlanState {
          const plan = store._plans().get(sessionId) ?? 'loading';
          return plan instanceof RestFailure ? 'failed' : plan;
        },
        /** Why the plan of a session could not be read; null where it was, or is being read. */
        planFailure(sessionId: string): RestFailure | null {
          const plan = store._plans().get(sessionId);
          return plan instanceof RestFailure ? plan : null;
        },
        /** Shows the plan of a session; `tasksOf(sessionId)` and `planState(sessionId)` follow. */
        openSession(sessionId: string): void {
          untracked(() => {
            keep(sessionId);
            patchState(store, { _openSessionId: sessionId });
            if (!store._freshness.isFresh(planOf(sessionId))) {
              loadPlan(sessionId);
            }
          });
        },
        /** Shows one task with its text; `taskOf(taskId)` follows. */
        openTask(taskId: string): void {
          untracked(() => {
            patchState(store, { _openTaskId: taskId, taskFailure: null });
            // Its text may have been dropped since it was read.
            if (!store._freshness.isFresh(taskId) || !isWhole(store.taskOf(taskId))) {
              loadTask(taskId);
            }
          });
        },

        _takeLive: rxMethod<readonly TaskEvent[]>(
          tap((events) => {
            const { pagesChanged, unknown } = store._takeEvents(events, keepsText);
            if (pagesChanged) {
              refreshPage();
            }
            unknown.forEach((taskId) => loadUnknown(taskId));
          }),
        ),
        /** Reads again what is open. */
        _reload(): void {
          const sessionId = store._openSessionId();
          const taskId = store._openTaskId();
          reloadPage();
          if (sessionId !== null) {
            loadPlan(sessionId);
          }
          if (taskId !== null) {
            loadTask(taskId);
          }
        },
      };
    }),
  );
}

/** Whether there is all of a task to show; a written one known from a list lacks its text. */
function isWhole(task: Task | undefined): boolean {
  return task !== undefined && (!isWritten(task) || typeof task.result === 'string');
}
