/** What must not compile, and what must. Compiled with the specs, never run. */
import { defineEvent } from '@creative-autogpt/realtime';
import {
  type PageQuery,
  withLiveEntities,
  withLivePages,
  withRealtimeStatus,
} from '@creative-autogpt/realtime/signals';
import { signalStore, withComputed, withMethods } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { of } from 'rxjs';
import * as v from 'valibot';

interface Task {
  readonly id: string;
  readonly title: string;
}

const taskUpdate = defineEvent(
  'task.update',
  v.object({ data: v.object({ id: v.string(), title: v.string() }) }),
);
const taskTouch = defineEvent('task.touch', v.object({ data: v.object({ id: v.string() }) }));
const oneTask: Task = { id: 't1', title: '' };

const tasks = withLiveEntities({
  selectId: ({ id }: Task) => id,
  reads: (read) => ({
    plan: read({
      load: (session: string) => of([oneTask].filter(({ title }) => title === session)),
      take: (known, answer, session) => known.replace(answer, ({ title }) => title === session),
    }),
  }),
  on: (on, { plan }) => [
    on(taskUpdate, (known, { data }) =>
      plan.keeps(data.title) ? known.set(data) : known.fetch(plan, data.id),
    ),
  ],
});

export const Right = signalStore(
  withEntities<Task>(),
  tasks,
  withMethods(({ plan, _live }) => ({
    open: (session: string) => plan.open(session),
    taskOf: (id: string): Task | undefined => _live.get(id),
    // @ts-expect-error the plan is opened by the id of a session
    openFirst: () => plan.open(1),
  })),
);

export const ByEventsAlone = signalStore(
  withEntities<Task>(),
  withLiveEntities({
    selectId: ({ id }: Task) => id,
    on: (on) => [on(taskUpdate, (known, { data }) => known.set(data))],
  }),
);

const withPictures = withEntities<{ id: string; size: number }>();

// @ts-expect-error the store holds other entities
export const OfAnotherKind = signalStore(withPictures, tasks);

// @ts-expect-error there are no entities to keep right
export const WithoutEntities = signalStore(tasks);

export const incomplete = withLiveEntities({
  selectId: ({ id }: Task) => id,
  on: (on) => [
    // @ts-expect-error the message tells only a part of the entity
    on(taskTouch, (known, { data }) => known.set(data)),
  ],
});

export const merged = withLiveEntities({
  selectId: ({ id }: Task) => id,
  on: (on) => [on(taskTouch, (known, { data }) => known.set({ title: '', ...known.get(data.id), ...data }))],
});

export const removedByNothing = withLiveEntities({
  selectId: ({ id }: Task) => id,
  on: (on) => [
    on(taskTouch, (known, { data }) =>
      // @ts-expect-error the entities have no owner
      known.remove(({ owner }) => owner === data.id),
    ),
  ],
});

export const misread = withLiveEntities({
  selectId: ({ id }: Task) => id,
  reads: (read) => ({
    plan: read({
      load: (session: string) => of([session]),
      // @ts-expect-error the answer is no task
      take: (known, answer) => answer.forEach((each) => known.set(each)),
    }),
  }),
  on: () => [],
});

const pages = withLivePages(() => ({
  load: ({ filter }: PageQuery<'open' | 'done'>) => of({ items: [oneTask], total: filter === null ? 2 : 1 }),
  compare: (a: Task, b: Task) => a.title.localeCompare(b.title),
}));

export const Paged = signalStore(
  withEntities<Task>(),
  tasks,
  pages,
  withMethods(({ page }) => ({
    openFirst: () => page.open({ page: 1, pageSize: 20, filter: 'open' }),
    // @ts-expect-error there is no such filter
    openOdd: () => page.open({ page: 1, pageSize: 20, filter: 'odd' }),
  })),
);

// @ts-expect-error the entities have to be live
export const PagedOnly = signalStore(withEntities<Task>(), pages);

export const Status = signalStore(
  withRealtimeStatus(),
  withComputed(({ status }) => ({
    // @ts-expect-error there is no such status
    isOnline: () => status() === 'online',
  })),
);
