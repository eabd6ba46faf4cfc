import { computed } from '@angular/core';
import type { Task, TaskPage, TaskStatus } from '@creative-autogpt/protocol';
import { patchState, signalStoreFeature, withComputed, withMethods, withState } from '@ngrx/signals';
import { removeEntities, setEntities, withEntities } from '@ngrx/signals/entities';
import { laterOf } from '../live/later-of';
import {
  changesPages,
  entityOf,
  type Listing,
  type LivePages,
  pageKey,
  type PageQuery,
  withArrivals,
} from '../live/live-page';
import { withLivePages } from '../live/with-live-pages';
import { taskChanges, type TaskEvent, withKnownText } from './task-changes';

const LISTING: Listing<Task> = {
  idOf: ({ task_id: taskId }) => taskId,
  compare: (a, b) => Date.parse(b.updated_at) - Date.parse(a.updated_at),
};
const selectId = LISTING.idOf;

interface GoneState {
  /** Sessions that were deleted; a server may still talk about their tasks. */
  readonly _goneSessions: ReadonlySet<string>;
}

/** What asks for more after events were taken in. */
export interface TasksTaken {
  /** Whether pages and their totals should be read again. */
  readonly pagesChanged: boolean;
  /** Tasks that must be read before they can be shown. */
  readonly unknown: ReadonlySet<string>;
}

interface Write {
  readonly tasks: ReadonlyMap<string, Task>;
  readonly goneSessions?: ReadonlySet<string>;
  readonly goneTasks?: ReadonlySet<string>;
  readonly pages?: (pages: LivePages<TaskStatus>) => LivePages<TaskStatus>;
}

const NONE: ReadonlySet<string> = new Set();

/** What is known of tasks, and its only writers: one for live events, the others for answers. */
export function withTasks() {
  return signalStoreFeature(
    withState<GoneState>({ _goneSessions: new Set<string>() }),
    withEntities<Task>(),
    withLivePages<Task, TaskStatus>(LISTING),
    withComputed(({ _knownPageItems, _openPageItems, entities }) => ({
      pageTasks: computed(() => _openPageItems()),
      /** What is known of the open page although it could not be read. */
      knownTasks: computed(() => _knownPageItems()),
      _bySession: computed(() => plansOf(entities())),
    })),
    withMethods((store) => {
      /** The one place that changes tasks, in one write. */
      const write = ({
        tasks,
        goneSessions = NONE,
        goneTasks = NONE,
        pages = (same) => same,
      }: Write): void => {
        const isGone = ({ task_id: taskId, session_id: sessionId }: Task): boolean =>
          goneTasks.has(taskId) || goneSessions.has(sessionId) || store._goneSessions().has(sessionId);
        const present = [...tasks.values()].filter((task) => !isGone(task));
        patchState(
          store,
          setEntities(present, { selectId }),
          // Looking through every task is only worth it when some may go.
          goneTasks.size + goneSessions.size > 0 ? removeEntities(isGone) : {},
          ({ _goneSessions }) => ({
            _goneSessions:
              goneSessions.size > 0 ? new Set([..._goneSessions, ...goneSessions]) : _goneSessions,
          }),
          ({ _pages, entityMap }) => ({
            _pages: withArrivals(pages(_pages), present, entityMap, LISTING),
          }),
        );
      };
      /** Tasks as the server read them, then what it said since the request. */
      const over = (answer: readonly Task[], since: readonly TaskEvent[]): Write => {
        const known = store.entityMap();
        const read = new Map(
          answer.map((task) => {
            const before = entityOf(known, task.task_id);
            return [task.task_id, laterOf(before, withKnownText(before, task))];
          }),
        );
        const { changed, goneSessions } = taskChanges((id) => read.get(id) ?? entityOf(known, id), since);
        return { tasks: new Map([...read, ...changed]), goneSessions };
      };
      return {
        /** Tasks of a session in the order of its plan. */
        tasksOf: (sessionId: string): Task[] => store._bySession().get(sessionId) ?? [],
        taskOf: (taskId: string): Task | undefined => entityOf(store.entityMap(), taskId),

        _takeTask: (answer: Task, since: readonly TaskEvent[]): void => write(over([answer], since)),

        _takePage(
          query: PageQuery<TaskStatus>,
          { items, total }: TaskPage,
          since: readonly TaskEvent[],
        ): void {
          const ids = items.map(selectId);
          const pages = (before: LivePages<TaskStatus>): LivePages<TaskStatus> => ({
            ...before,
            [pageKey(query)]: { query, ids, total },
          });
          write({ ...over(items, since), pages });
        },

        /** The whole plan of a session: what is not in it is no longer part of it. */
        _takePlan(sessionId: string, answer: readonly Task[], since: readonly TaskEvent[]): void {
          const plan = over(answer, since);
          const dropped = (store._bySession().get(sessionId) ?? [])
            .map(selectId)
            .filter((id) => !plan.tasks.has(id));
          write({ ...plan, goneTasks: new Set(dropped) });
        },

        /** The server says that there is no such task. */
        _dropTask: (taskId: string): void => write({ tasks: new Map(), goneTasks: new Set([taskId]) }),

        /** Texts are long: those of a session that nobody reads any more are read again when somebody does. */
        _dropTexts(sessionId: string): void {
          const plan = store._bySession().get(sessionId) ?? [];
          write({ tasks: new Map(plan.map((task) => [task.task_id, withoutText(task)])) });
        },

        /** @param keepsText whether a task that was told whole is taken with its text */
        _takeEvents(events: readonly TaskEvent[], keepsText: (task: Task) => boolean): TasksTaken {
          const known = store.entityMap();
          const living = events.filter(
            ({ session_id: id }) => id === undefined || !store._goneSessions().has(id),
          );
          const { changed, goneSessions, unknown } = taskChanges((id) => entityOf(known, id), living);
          const tasks = [...changed].map(
            ([id, task]) => [id, keepsText(task) ? task : withoutText(task)] as const,
          );
          write({ tasks: new Map(tasks), goneSessions });
          return {
            pagesChanged:
              goneSessions.size > 0 ||
              [...changed].some(([id, task]) => changesPages(entityOf(known, id), task)),
            unknown,
          };
        },
      };
    }),
  );
}

function withoutText(task: Task): Task {
  return typeof task.result === 'string' ? { ...task, result: undefined } : task;
}

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
