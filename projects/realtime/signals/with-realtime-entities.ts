import { inject, NgZone } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type EventDefinition, perFrame, REALTIME_FRAMES, RealtimeService } from '@creative-autogpt/realtime';
import {
  type EmptyFeatureResult,
  patchState,
  type SignalStoreFeature,
  signalStoreFeature,
  type,
  withHooks,
} from '@ngrx/signals';
import type { EntityId, EntityState } from '@ngrx/signals/entities';
import { EMPTY, map, merge, type Observable, tap } from 'rxjs';
import { EntityDraft, type EntitySelection } from './entity-draft';
import { injectGuard } from './guard';

/** How an event removes entities. */
export interface RealtimeRemoval<Entity, Message> {
  readonly event: EventDefinition<Message>;
  /** The id of the entity to remove, or a predicate for those to remove; null for none. */
  readonly which: (message: NoInfer<Message>) => EntitySelection<NoInfer<Entity>> | null | undefined;
}

/** Which event updates which entities, and how. */
export interface RealtimeEntitiesOptions<Entity, Message, Removal> {
  /** The type of the entities, as the store has them: `type<Task>()`. */
  readonly entity: Entity;
  /** The event whose messages are about one entity each. */
  readonly event: EventDefinition<Message>;
  /** The id of the entity that a message is about; null when it is about none. */
  readonly id: (message: NoInfer<Message>) => EntityId | null | undefined;
  /**
   * The entity after a message, given the one before; nothing to leave it as it is. Messages that tell only a part are
   * merged here: `({ data }, known) => known && { ...known, ...data }`.
   */
  readonly select: (
    message: NoInfer<Message>,
    known: NoInfer<Entity> | undefined,
  ) => NoInfer<Entity> | null | undefined;
  /** What removes entities. It may be the same event. @default nothing */
  readonly remove?: RealtimeRemoval<Entity, Removal>;
  /** Whether messages wait for the next animation frame, so that a burst is one write. @default true */
  readonly batch?: boolean;
}

type Step<Entity> = (draft: EntityDraft<Entity>) => void;

/**
 * Keeps the entities of a store as an event of the server tells them, in the order in which its messages arrive. Give
 * it after `withEntities()`, once for each event.
 *
 * ```ts
 * const TasksStore = signalStore(
 *   withEntities<Task>(),
 *   withRealtimeEntities({
 *     entity: type<Task>(),
 *     event: taskUpdate,
 *     id: ({ data }) => data.task_id,
 *     select: ({ data }, known) => ({ ...known, ...data }),
 *     remove: { event: sessionDeleted, which: ({ session_id }) => (task) => task.session_id === session_id },
 *   }),
 * );
 * ```
 *
 * What `id`, `select` or `which` throws goes to Angular's `ErrorHandler`; the message is then skipped.
 */
export function withRealtimeEntities<Entity, Message, Removal = unknown>({
  event,
  id,
  select,
  remove,
  batch = true,
}: RealtimeEntitiesOptions<Entity, Message, Removal>): SignalStoreFeature<
  EmptyFeatureResult & { state: EntityState<Entity> },
  EmptyFeatureResult
> {
  const put =
    (message: Message): Step<Entity> =>
    (draft) => {
      const key = id(message) ?? null;
      const entity = key === null ? null : select(message, draft.get(key));
      if (key !== null && entity !== null && entity !== undefined) {
        draft.set(key, entity);
      }
    };
  const takeOut =
    (which: RealtimeRemoval<Entity, Removal>['which']) =>
    (message: Removal): Step<Entity> =>
    (draft) => {
      const selection = which(message);
      if (selection !== null && selection !== undefined) {
        draft.remove(selection);
      }
    };
  return signalStoreFeature(
    { state: type<EntityState<Entity>>() },
    withHooks({
      onInit(store) {
        const realtime = inject(RealtimeService);
        const guard = injectGuard();
        const steps: Observable<Step<Entity>> = merge(
          realtime.on(event).pipe(map(put)),
          remove ? realtime.on(remove.event).pipe(map(takeOut(remove.which))) : EMPTY,
        );
        const write = (together: readonly Step<Entity>[]): void =>
          patchState(store, (state) => {
            const draft = new EntityDraft<Entity>(state);
            together.forEach((step) => guard(() => step(draft)));
            return draft.finish();
          });
        const zone = inject(NgZone);
        const writes = steps.pipe(
          batch ? perFrame({ nextFrame: inject(REALTIME_FRAMES) }) : map((step) => [step]),
          // Inside for the writes alone: a burst is one round of change detection, with zone.js too.
          tap((together) => zone.run(() => write(together))),
          takeUntilDestroyed(),
        );
        zone.runOutsideAngular(() => writes.subscribe());
      },
    }),
  );
}
