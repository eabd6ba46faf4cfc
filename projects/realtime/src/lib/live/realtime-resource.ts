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
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, finalize, from, map, merge, type Observable, tap } from 'rxjs';
import { MAIN_CLIENT, type RealtimeClient } from '../clients/realtime-client';
import type { EventDefinition } from '../events/event-definition';
import { fieldOf, isWholeNumber } from '../realtime-message';
import { RealtimeService } from '../realtime-service';
import { type LiveChange, LiveRead, type LiveState } from './live-read';
import { Positioned } from './positioned';

/** What `load` is given. */
export interface RealtimeLoad<Params> {
  readonly params: Params;
  /** Aborts when the answer is not wanted any more. */
  readonly abortSignal: AbortSignal;
}

/** The changes that one event makes; see {@link OnEvent}. */
export type RealtimeChanges<T> = Observable<LiveChange<T>>;

/**
 * Says how an event changes the value: `changed` returns the value after a message, or the same one where nothing
 * changes. It must not write into the value it is given. What it throws goes to Angular's `ErrorHandler`, and the
 * message is left out.
 */
export type OnEvent<T, Params> = <Message>(
  event: EventDefinition<Message>,
  changed: (value: T, message: Message, params: Params) => T,
) => RealtimeChanges<T>;

/** What a {@link realtimeResource} reads, and what keeps it right. */
export interface RealtimeResourceOptions<T, Params> {
  /**
   * What is read, from signals: each other value, by `Object.is`, loads anew and forgets what was read. `undefined` reads nothing.
   * @default `load` is called once, without params
   */
  readonly params?: () => Params;
  /**
   * Reads the value; its first answer counts. Give the answer by `atPosition()` where the server says up to which event
   * it has been read.
   */
  readonly load: (
    load: RealtimeLoad<NoInfer<Exclude<Params, undefined>>>,
  ) => Promise<T | Positioned<T>> | Observable<T | Positioned<T>>;
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
   * Whether the value may lack events: there is no connection, or a load that makes up for missed events has not
   * succeeded yet.
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
 * An event during a load is applied over its answer, so that what was deleted stays deleted. A load that fails is tried
 * again, after 1 s at first and 30 s at last and with each new connection; `status()` is `error` only where there has
 * never been a value. The value stays through reconnections and reloads. It is loaded anew when events were missed for
 * good: after each gap, or without `withRecovery()` after each reconnection, and with the first connection after a load.
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

function makeResource({
  params,
  load,
  on = () => [],
  defaultValue,
  client = MAIN_CLIENT,
}: RealtimeResourceOptions<unknown, unknown>): RealtimeResource<unknown> {
  const injector = inject(client.ɵinjector);
  const realtime = injector.get(RealtimeService);
  const read = new LiveRead<unknown>(injector);
  let current: unknown;

  const follow: OnEvent<unknown, unknown> = (event, changed) =>
    realtime.on(event).pipe(
      map((message) => {
        const offset = fieldOf(message, 'id');
        return {
          apply: (value) => changed(value, message, current),
          offset: isWholeNumber(offset) ? offset : null,
        };
      }),
    );
  const changes = merge(...on(follow)).pipe(
    tap((change) => read.take(change)),
    takeUntilDestroyed(),
  );
  read.outside(() => changes.subscribe());

  const open = (opened: unknown): void => {
    current = opened;
    read.open(() => loadOnce((abortSignal) => load({ params: opened, abortSignal })));
  };
  if (params) {
    const named = computed(params);
    effect(() => {
      const wanted = named();
      untracked(() => (wanted === undefined ? read.close() : open(wanted)));
    });
  } else {
    open(undefined);
  }

  const snapshot = computed(() => snapshotOf(read.state(), defaultValue));
  return Object.assign(resourceFromSnapshots(snapshot), {
    stale: computed(() => {
      const state = read.state();
      return state.phase === 'loaded' && (state.isBehind || realtime.status() !== 'connected');
    }),
    loadError: computed(() => {
      const state = read.state();
      return 'error' in state ? (state.error ?? undefined) : undefined;
    }),
    reload: () => read.reload(),
  });
}

/** One load; nobody waits for it any more once it is unsubscribed. */
function loadOnce(
  load: (abortSignal: AbortSignal) => Promise<unknown> | Observable<unknown>,
): Observable<Positioned<unknown>> {
  return defer(() => {
    const abort = new AbortController();
    return from(load(abort.signal)).pipe(
      map((answer) => (answer instanceof Positioned ? answer : new Positioned<unknown>(answer, null))),
      finalize(() => abort.abort()),
    );
  });
}

function snapshotOf<T>(state: LiveState<T>, defaultValue: T | undefined): ResourceSnapshot<T | undefined> {
  switch (state.phase) {
    case 'failed':
      return { status: 'error', error: state.error };
    case 'loaded':
      return { status: state.isReloading ? 'reloading' : 'resolved', value: state.value };
    case 'idle':
    case 'loading':
      return { status: state.phase, value: defaultValue };
  }
}
