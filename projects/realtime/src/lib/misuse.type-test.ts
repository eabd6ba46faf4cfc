/** What must not compile, and what must. Compiled with the specs, never run. */
import type { Resource, Signal, WritableSignal } from '@angular/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { identity, type Observable, type Observer } from 'rxjs';
import * as v from 'valibot';
import { withCompression } from './compression/with-compression';
import type { ConnectionStatus } from './connection/connection-status';
import { defineEvent } from './events/event-definition';
import { defineHandlers } from './handlers/define-handlers';
import { withHeartbeat } from './heartbeat/with-heartbeat';
import { atPosition } from './live/positioned';
import { realtimeResource } from './live/realtime-resource';
import type { RealtimeOutbox } from './outbox/realtime-outbox';
import { provideRealtime } from './provide-realtime';
import type { RealtimeError } from './realtime-error';
import type { RealtimeService } from './realtime-service';
import { withRetry } from './retry/with-retry';
import { withStats } from './stats/with-stats';
import type { RealtimeSubscriptions } from './subscriptions/realtime-subscriptions';
import { withSubscriptions } from './subscriptions/with-subscriptions';

const url = 'ws://server.test/ws/ws';

const taskUpdate = defineEvent(
  'task.update',
  v.object({ event: v.literal('task.update'), data: v.object({ id: v.string(), done: v.boolean() }) }),
);

/** A Standard Schema of nobody's library, whose output differs from its input. */
const AtTime: StandardSchemaV1<{ at: string }, { at: Date }> = {
  '~standard': {
    version: 1,
    vendor: 'by hand',
    validate: () => ({ value: { at: new Date(0) } }),
  },
};
const clock = defineEvent('clock', AtTime);
const anything = defineEvent('anything');

export function listen(realtime: RealtimeService): void {
  realtime.subscribe(taskUpdate, ({ data }) => data.done satisfies boolean);
  realtime.subscribe(clock, ({ at }) => at.getTime());
  realtime.subscribe(anything, ({ event }) => event satisfies string);
  realtime.subscribe('task.update', ({ data }) => data satisfies unknown);

  // @ts-expect-error the message has no such field
  realtime.subscribe(taskUpdate, (message: { session: string }) => message.session);
  // @ts-expect-error the field is a boolean
  realtime.subscribe(taskUpdate, ({ data }) => data.done satisfies string);
  // @ts-expect-error the handler takes the message of another event
  realtime.subscribe(taskUpdate, (message: { at: Date }) => message.at);
  // @ts-expect-error subscribers get what the schema makes of a message, not what it was made from
  realtime.subscribe(clock, ({ at }) => at satisfies string);
  // @ts-expect-error what no schema describes is unknown
  realtime.subscribe(anything, (message: { data: { done: boolean } }) => message.data.done);
  // @ts-expect-error a handler is a function
  realtime.subscribe(taskUpdate, { next: () => undefined });
}

export function conflate(realtime: RealtimeService): Observable<unknown> {
  // @ts-expect-error messages are conflated by their own fields
  return realtime.on(taskUpdate, { conflate: (message: { key: string }) => message.key });
}

export function send(realtime: RealtimeService, outbox: RealtimeOutbox): void {
  realtime.send({ event: 'start', session_id: '1' });
  outbox.send({ event: 'pause' }, { whenOffline: 'latest', key: 'pause' });

  // @ts-expect-error a message names its event
  realtime.send({ session_id: '1' });
  // @ts-expect-error a message is an object
  realtime.send('ping');
  // @ts-expect-error there is no such policy
  outbox.send({ event: 'pause' }, { whenOffline: 'wait' });
  // @ts-expect-error only the latest of something has a key
  outbox.send({ event: 'pause' }, { whenOffline: 'queue', key: 'pause' });
}

export function write(realtime: RealtimeService): unknown {
  // @ts-expect-error the status is the connection's to write
  const status: WritableSignal<ConnectionStatus> = realtime.status;
  // @ts-expect-error errors are the client's to report
  const errors: Observer<RealtimeError> = realtime.errors;
  return [status, errors];
}

const injectHandlers = defineHandlers({ onTask: taskUpdate, onClock: clock });

export function handle(): void {
  injectHandlers({ onTask: ({ data }) => data.id satisfies string, onMessage: ({ event }) => event });

  // @ts-expect-error there is no such handler
  injectHandlers({ onTasks: () => undefined });
  // @ts-expect-error the handler takes the message of another event
  injectHandlers({ onClock: (message: { data: string }) => message.data });
  // @ts-expect-error a handler is for an event that was defined
  defineHandlers({ onTask: 'task.update' });
}

export function provide(): void {
  provideRealtime({ url }, withRetry({ maxAttempts: Infinity }), withHeartbeat());
  provideRealtime(() => ({ url: () => Promise.resolve(url) }));

  // @ts-expect-error there is no server without a URL
  provideRealtime({});
  // @ts-expect-error a feature is called
  provideRealtime({ url }, withRetry);
  // @ts-expect-error an extension has a name
  provideRealtime({ url }, { hooks: () => ({}) });
  // @ts-expect-error there is no such hook
  provideRealtime({ url }, { id: 'own', hooks: () => ({ receive: () => undefined }) });
  // @ts-expect-error there is no such phase
  provideRealtime({ url }, { id: 'own', hooks: () => ({ incoming: { phase: 'last', through: identity } }) });
  provideRealtime({ url }, { id: 'own', hooks: () => ({ incoming: { phase: 'order', through: identity } }) });
  // @ts-expect-error there is no such action
  provideRealtime({ url, closePolicy: { 4000: 'ignore' } });
  // @ts-expect-error times are milliseconds
  withHeartbeat({ interval: '30s' });
  // @ts-expect-error there is no such option
  withCompression({ level: 9 });
  // @ts-expect-error an exporter takes a snapshot
  withStats({ exporter: (name: string) => name });
}

export function define(): void {
  // @ts-expect-error a schema is a Standard Schema
  defineEvent('task.update', { type: 'object' });
  // @ts-expect-error an event has a name
  defineEvent(v.object({}));
}

interface Task {
  readonly id: string;
  readonly done: boolean;
}

export function read(
  sessionId: Signal<string | undefined>,
  fetchTasks: (id: string) => Promise<Task[]>,
): void {
  const tasks = realtimeResource({
    params: () => sessionId(),
    load: ({ params }) => fetchTasks(params satisfies string),
    on: (on) => [
      on(taskUpdate, (known, { data }) => known.map((task) => (task.id === data.id ? data : task))),
      // @ts-expect-error the value is a list of tasks
      on(taskUpdate, (known: Task, { data }) => data),
      // @ts-expect-error a change gives back the whole value
      on(taskUpdate, (known, { data }) => data),
      // @ts-expect-error the message has no such field
      on(taskUpdate, (known, { session }) => (session ? known : [])),
    ],
  });
  tasks satisfies Resource<Task[] | undefined>;
  tasks.snapshot().status satisfies string;
  tasks.stale() satisfies boolean;
  tasks.loadError() satisfies Error | undefined;
  // @ts-expect-error without a default there may be no value
  tasks.value() satisfies Task[];
  const withDefault = realtimeResource({
    load: async () => atPosition(await fetchTasks('s1'), { epoch: 'e', offset: 3 }),
    defaultValue: [],
  });
  withDefault satisfies Resource<Task[]>;
  withDefault.value() satisfies Task[];

  // @ts-expect-error the default is of another type
  realtimeResource({ load: () => fetchTasks('s1'), defaultValue: 0 });
}

export function subscribe(subscriptions: RealtimeSubscriptions): void {
  subscriptions.to({ room: 'lobby', floors: [1, 2], of: { house: null } }) satisfies Observable<never>;
  // @ts-expect-error a date is not plain JSON
  void subscriptions.to({ since: new Date(0) });
  // @ts-expect-error a topic is an object
  void subscriptions.to('lobby');
  // @ts-expect-error a message names its event
  withSubscriptions({ subscribe: (topic) => topic, unsubscribe: () => null });
}
