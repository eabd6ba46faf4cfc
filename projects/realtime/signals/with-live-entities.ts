import { inject } from '@angular/core';
import {
  type EventDefinition,
  type LiveChange,
  type LiveRead,
  type RealtimeClient,
  ɵMAIN_CLIENT as MAIN_CLIENT,
} from '@creative-autogpt/realtime';
import {
  type EmptyFeatureResult,
  patchState,
  type SignalStoreFeature,
  signalStoreFeature,
  type,
  withProps,
  withState,
} from '@ngrx/signals';
import type { EntityId, EntityState } from '@ngrx/signals/entities';
import { merge, type Observable } from 'rxjs';
import type { EntityChange, EntityDraft, LiveEntitiesState } from './entity-draft';
import { type EntityReadOptions, LiveEntities } from './live-entities';

/** Defines one live read of a store; see {@link LiveEntitiesOptions.reads}. */
export type DefineRead<Entity> = <Params = void, Answer = unknown>(
  options: EntityReadOptions<Entity, Params, Answer>,
) => LiveRead<Params>;

/** What one event changes; see {@link OnEntityEvent}. */
export type EntityEvent<Entity> = Observable<LiveChange<EntityChange<Entity>>>;

/** Says how an event changes the entities; see {@link LiveEntitiesOptions.on}. */
export type OnEntityEvent<Entity> = <Message>(
  event: EventDefinition<Message>,
  changed: (entities: EntityDraft<Entity>, message: Message) => void,
) => EntityEvent<Entity>;

/** What a store of live entities reads, and what keeps it right. */
export interface LiveEntitiesOptions<Entity, Reads> {
  /** The id of an entity. The type of its parameter says what the entities are: `({ id }: Task) => id`. */
  readonly selectId: (entity: Entity) => EntityId;
  /**
   * What can be read, by the names that the store has it under. It is called in an injection context:
   * `(read, api = inject(TasksApi)) => ({ plan: read({ … }) })`.
   */
  readonly reads: (read: DefineRead<NoInfer<Entity>>) => Reads;
  /**
   * How events change the entities, in the order in which they arrive, once a frame. What a change throws
   * goes to Angular's `ErrorHandler`, and that message is left out.
   */
  readonly on: (
    on: OnEntityEvent<NoInfer<Entity>>,
    reads: NoInfer<Reads>,
  ) => readonly EntityEvent<NoInfer<Entity>>[];
  /** The client whose events these are. @default the one of `provideRealtime()` */
  readonly client?: RealtimeClient;
}

/** What `withLiveEntities()` adds to a store, beside the reads. */
export interface LiveEntitiesProps<Entity> {
  readonly _live: LiveEntities<Entity>;
}

type Entities<Entity> = EmptyFeatureResult & { state: EntityState<Entity> };
type Live<Entity, Reads> = EmptyFeatureResult & {
  state: AddedState<Entity>;
  props: LiveEntitiesProps<Entity> & Reads;
};

type AddedState<Entity> = Pick<LiveEntitiesState<Entity>, '_missing' | '_pages'>;

/**
 * Keeps the entities of a store right, whatever comes first: what is read, what events change, and the loads
 * that fail or miss something. Give it after `withEntities()`.
 *
 * ```ts
 * const TasksStore = signalStore(
 *   withEntities<Task>(),
 *   withLiveEntities({
 *     selectId: ({ id }: Task) => id,
 *     reads: (read, api = inject(TasksApi)) => ({
 *       plan: read({
 *         load: (session: string) => api.tasksOf(session),
 *         take: (tasks, answer, session) => tasks.replace(answer, (task) => task.session === session),
 *       }),
 *     }),
 *     on: (on) => [
 *       on(taskUpdate, (tasks, { data }) => tasks.set(data)),
 *       on(taskDeleted, (tasks, { data }) => tasks.remove(data.id)),
 *     ],
 *   }),
 * );
 * store.plan.open('s1'); store.plan.loadOf('s1').status; store.entities();
 * ```
 */
export function withLiveEntities<Entity, Reads extends object>(
  options: LiveEntitiesOptions<Entity, Reads>,
): SignalStoreFeature<Entities<Entity>, Live<Entity, Reads>>;
/** The same of entities that nothing is read of: events alone tell them. */
export function withLiveEntities<Entity>(
  options: Omit<LiveEntitiesOptions<Entity, object>, 'reads'>,
): SignalStoreFeature<Entities<Entity>, Live<Entity, object>>;
export function withLiveEntities<Entity>({
  selectId,
  reads = () => ({}),
  on,
  client = MAIN_CLIENT,
}: Omit<LiveEntitiesOptions<Entity, object>, 'reads'> &
  Partial<LiveEntitiesOptions<Entity, object>>): SignalStoreFeature<Entities<Entity>, Live<Entity, object>> {
  return signalStoreFeature(
    { state: type<EntityState<Entity>>() },
    withState<AddedState<Entity>>({
      _missing: new Set<EntityId>(),
      _pages: {},
    }),
    withProps((store) => {
      const live = new LiveEntities<Entity>(inject(client.ɵinjector), {
        state: store,
        write: (state) => patchState(store, state),
        selectId,
      });
      const defined = reads((options) => live.ɵread(options));
      live.ɵfollow(merge(...on((event, changed) => live.ɵchanges(event, changed), defined)));
      return { _live: live, ...defined };
    }),
  );
}
