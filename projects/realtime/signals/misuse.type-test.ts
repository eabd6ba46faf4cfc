/** What must not compile, and what must. Compiled with the specs, never run. */
import { defineEvent } from '@creative-autogpt/realtime';
import {
  withRealtimeEntities,
  withRealtimeReload,
  withRealtimeStatus,
} from '@creative-autogpt/realtime/signals';
import { signalStore, type, withComputed, withMethods } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
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

const tasks = {
  entity: type<Task>(),
  event: taskUpdate,
  id: ({ data }: { data: Task }) => data.id,
  select: ({ data }: { data: Task }) => data,
};

export const Right = signalStore(withEntities<Task>(), withRealtimeEntities(tasks));

const withPictures = withEntities<{ id: string; size: number }>();

// @ts-expect-error the store holds other entities
export const OfAnotherKind = signalStore(withPictures, withRealtimeEntities(tasks));

// @ts-expect-error there are no entities to update
export const WithoutEntities = signalStore(withRealtimeEntities(tasks));

export const incomplete = withRealtimeEntities({
  entity: type<Task>(),
  event: taskTouch,
  id: ({ data }) => data.id,
  // @ts-expect-error the message tells only a part of the entity
  select: ({ data }) => data,
});

export const merged = withRealtimeEntities({
  entity: type<Task>(),
  event: taskTouch,
  id: ({ data }) => data.id,
  select: ({ data }, known) => known && { ...known, ...data },
});

export const misread = withRealtimeEntities({
  entity: type<Task>(),
  event: taskUpdate,
  // @ts-expect-error an id is a string or a number
  id: ({ data }) => data,
  select: ({ data }) => data,
});

export const removedByNothing = withRealtimeEntities({
  ...tasks,
  remove: {
    event: taskTouch,
    // @ts-expect-error the entities have no owner
    which: (message) => (task) => task.owner === message.data.id,
  },
});

export const Status = signalStore(
  withRealtimeStatus(),
  withComputed(({ status }) => ({
    // @ts-expect-error there is no such status
    isOnline: () => status() === 'online',
  })),
);

export const Reloading = signalStore(
  withMethods(() => ({ load: () => undefined })),
  withRealtimeReload((store) => store.load()),
);

export const ReloadingNothing = signalStore(
  // @ts-expect-error the store cannot load
  withRealtimeReload((store: { load: () => void }) => store.load()),
);
