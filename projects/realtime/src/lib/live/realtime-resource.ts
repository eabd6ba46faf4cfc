import {
  assertInInjectionContext,
  computed,
  effect,
  inject,
  type Injector,
  type Resource,
  resourceFromSnapshots,
  type ResourceSnapshot,
  runInInjectionContext,
  type Signal,
  signal,
  untracked,
} from '@angular/core';
import { merge, type Observable, tap } from 'rxjs';
import { MAIN_CLIENT, type RealtimeClient } from '../clients/realtime-client';
import type { EventDefinition } from '../events/event-definition';
import { LiveClient } from './live-client';
import { type LiveChange, LiveHistory } from './live-history';
import { LiveRead } from './live-read';
import type { LiveLoad } from './load-states';
import { type LoadAnswer, loadOnce } from './positioned';

/** What `load` is given. */
export interface RealtimeLoad<Params> {
  readonly params: Params;
  /** Aborts when the answer is not wanted any more. */
  readonly abortSignal: AbortSignal;
}

/** The changes that one event makes; see {@link OnEvent}. */
export type RealtimeChanges<T> = Observable<LiveChange<(value: T) => T>>;

/**
 * Says how an event changes the value: `changed` returns the value after a message, or the same one where
 * nothing changes. It must not write into the value it is given. What it throws goes to Angular's
 * `ErrorHandler`, and the message is left out.
 */
export type OnEvent<T, Params> = <Message>(
  event: EventDefinition<Message>,
  changed: (value: T, message: Message, params: Params) => T,
) => RealtimeChanges<T>;

/** What a {@link realtimeResource} reads, and what keeps it right. */
export interface RealtimeResourceOptions<T, Params> {
  /**
   * What is read, from signals: each other value, by `Object.is`, loads anew and forgets what was read.
   * `undefined` reads nothing.
   * @default `load` is called once, without params
   */
  readonly params?: () => Params;
  /**
   * Reads the value; its first answer counts. Give the answer by `atPosition()` where the server says up to
   * which event it has been read.
   */
  readonly load: (load: RealtimeLoad<NoInfer<Exclude<Params, undefined>>>) => LoadAnswer<T>;
  /** The events that change the value. @default none */
  readonly on?: (
    on: OnEvent<NoInfer<T>, NoInfer<Exclude<Params, undefined>>>,
  ) => readonly RealtimeChanges<NoInfer<T>>[];
  /** The value while there is none. @default undefined */
  readonly defaultValue?: NoInfer<T>;
  /** The client whose events these are. @default the one of `provideRealtime()` */
  readonly client?: RealtimeClient;
  /** Whose end is the end of the resource. @default the current injection context */
  readonly injector?: Injector;
}

/** Angular's `Resource`, whose value lives on after the load. */
export interface RealtimeResource<T> extends Resource<T> {
  /**
   * Whether the value may lack events: there is no connection, or a load that makes up for missed events has
   * not succeeded yet.
   */
  readonly stale: Signal<boolean>;
  /** Why the last load failed, also where a value from before is still there; undefined when it did not. */
  readonly loadError: Signal<Error | undefined>;
  /** Loads once more; the value stays meanwhile. @returns false when there is nothing to load */
  reload(): boolean;
}

/**
 * A value that is loaded once and kept right by events, whatever comes first.
 *
 * ```ts
 * const tasks = realtimeResource({
 *   params: () => sessionId(),
 *   load: ({ params }) => api.tasks(params),
 *   on: (on) => [
 *     on(taskUpdate, (tasks, { data }) => withTask(tasks, data)),
 *     on(taskDeleted, (tasks, { data }) => tasks.filter(({ id }) => id !== data.id)),
 *   ],
 * });
 * tasks.value(); tasks.status(); tasks.stale(); tasks.loadError(); tasks.reload();
 * ```
 *
 * An event during a load is applied over its answer, so that what was deleted stays deleted. A load that
 * fails is tried again, after 1 s at first and 30 s at last and with each new connection; `status()` is
 * `error` only where there has never been a value. The value stays through reconnections and reloads. It is
 * loaded anew when events were missed for good: after each gap, or without `withRecovery()` after each
 * reconnection, and with the first connection after a load.
 */
export function realtimeResource<T, Params>(
  options: RealtimeResourceOptions<T, Params> & { readonly defaultValue: NoInfer<T> },
): RealtimeResource<T>;
export function realtimeResource<T, Params>(
  options: RealtimeResourceOptions<T, Params>,
): RealtimeResource<T | undefined>;
export function realtimeResource(
  options: RealtimeResourceOptions<unknown, unknown>,
): RealtimeResource<unknown> {
  if (options.injector) {
    return runInInjectionContext(options.injector, () => makeResource(options));
  }
  assertInInjectionContext(realtimeResource);
  return makeResource(options);
}

/** What a resource has before its first answer, and knows nothing of. */
const NOTHING = Symbol('nothing');

type Change = (value: unknown) => unknown;

function makeResource({
  params,
  load,
  on = () => [],
  defaultValue,
  client = MAIN_CLIENT,
}: RealtimeResourceOptions<unknown, unknown>): RealtimeResource<unknown> {
  const live = new LiveClient(inject(client.ɵinjector));
  const value = signal<unknown>(NOTHING);
  const history = new LiveHistory<unknown, Change>(live, {
    state: value,
    show: (state) => value.set(state),
    after: (state, changes) => ({
      state: changes.reduce((before, change) => applied(live, before, change), state),
    }),
  });
  const read = new LiveRead<unknown, Change>(live, history, {
    load: (opened) =>
      loadOnce<unknown, Change>(
        (abortSignal) => load({ params: opened, abortSignal }),
        (answer) => () => answer,
      ),
    key: () => '',
  });
  const changes = on((event, changed) =>
    live.changes(
      event,
      (message) => (known) => (known === NOTHING ? known : changed(known, message, read.opened())),
    ),
  );
  live.follow(merge(...changes).pipe(tap((change) => history.take(change))));

  const close = (): void => {
    read.close();
    read.forget(undefined);
    history.reset(NOTHING);
  };
  if (params) {
    const named = computed(params);
    effect(() => {
      const wanted = named();
      untracked(() => {
        close();
        if (wanted !== undefined) {
          read.open(wanted);
        }
      });
    });
  } else {
    read.open(undefined);
  }

  const state = computed(() => read.loadOf(undefined));
  const hasValue = computed(() => value() !== NOTHING);
  const snapshot = computed(() =>
    hasValue() ? valueSnapshot(value(), state()) : snapshotWithout(defaultValue, state()),
  );
  return Object.assign(resourceFromSnapshots(snapshot), {
    stale: computed(() => hasValue() && (state().isBehind || !live.isConnected)),
    loadError: computed(() => state().error ?? undefined),
    reload: () => read.reload(),
  });
}

/** The value after a change. One that throws is left out. */
function applied(live: LiveClient, value: unknown, change: Change): unknown {
  let after = value;
  live.guard((before) => (after = change(before)), value);
  return after;
}

function valueSnapshot(value: unknown, { isReloading }: LiveLoad): ResourceSnapshot<unknown> {
  return { status: isReloading ? 'reloading' : 'resolved', value };
}

function snapshotWithout(defaultValue: unknown, { status, error }: LiveLoad): ResourceSnapshot<unknown> {
  if (error) {
    return { status: 'error', error };
  }
  return { status: status === 'idle' ? 'idle' : 'loading', value: defaultValue };
}
