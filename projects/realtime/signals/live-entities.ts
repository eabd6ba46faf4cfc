import { type Injector, type Signal, untracked } from '@angular/core';
import {
  type EventDefinition,
  type LiveChange,
  LiveRead,
  type LoadAnswer,
  type Positioned,
  ɵLiveClient as LiveClient,
  ɵLiveHistory as LiveHistory,
  ɵloadOnce as loadOnce,
  ɵpositioned as positioned,
} from '@creative-autogpt/realtime';
import type { EntityId } from '@ngrx/signals/entities';
import { defer, finalize, map, type Observable, tap } from 'rxjs';
import { type EntityChange, EntityDraft, type LiveEntitiesState } from './entity-draft';
import { entityOf, type Listing, type ListOrder } from './live-page';

/** What a live read of a store loads, and how its answer changes the entities. */
export interface EntityReadOptions<Entity, Params, Answer> {
  /**
   * Reads something: a Promise or an Observable, of which the first answer counts. Give the answer by
   * `atPosition()` where the server says up to which event it has been read.
   */
  readonly load: (params: Params, abortSignal: AbortSignal) => LoadAnswer<Answer>;
  /** What the answer changes. The events since the request are applied over it. */
  readonly take: (entities: EntityDraft<Entity>, answer: NoInfer<Answer>, params: NoInfer<Params>) => void;
  /** What changes when the server says that there is no such thing: status 404 or 410. @default nothing */
  readonly missing?: (entities: EntityDraft<Entity>, params: NoInfer<Params>) => void;
  /** How many of the things opened last are kept. @default all */
  readonly keep?: number;
  /** What changes with the thing opened longest ago when there are more. @default nothing */
  readonly evict?: (entities: EntityDraft<Entity>, params: NoInfer<Params>) => void;
}

/** The store whose entities are live. */
export interface EntitiesTarget<Entity> {
  readonly selectId: (entity: Entity) => EntityId;
  readonly state: {
    readonly [Slice in keyof LiveEntitiesState<Entity>]: Signal<LiveEntitiesState<Entity>[Slice]>;
  };
  readonly write: (state: LiveEntitiesState<Entity>) => void;
}

/** The entities of one store, with everything that changes them. */
export class LiveEntities<Entity> {
  readonly #client: LiveClient;
  readonly #target: EntitiesTarget<Entity>;
  readonly #history: LiveHistory<LiveEntitiesState<Entity>, EntityChange<Entity>>;
  #listing: Listing<Entity> | null = null;
  readonly #lists: { refresh(): void }[] = [];

  constructor(client: Pick<Injector, 'get'>, target: EntitiesTarget<Entity>) {
    this.#target = target;
    this.#client = new LiveClient(client);
    this.#history = new LiveHistory(this.#client, {
      state: () => {
        const { entityMap, ids, _missing, _pages } = target.state;
        return { entityMap: entityMap(), ids: ids(), _missing: _missing(), _pages: _pages() };
      },
      show: (state) => this.#client.inside(() => target.write(state)),
      after: (state, changes) => this.#after(state, changes),
      difference: (before, now) => this.#difference(before, now),
    });
  }

  /** The entity with this id; undefined where it is not known. */
  get(id: EntityId): Entity | undefined {
    return entityOf(this.#target.state.entityMap(), id);
  }

  /** Whether the server says that there is no such entity, or not any more. */
  isMissing(id: EntityId): boolean {
    return this.#target.state._missing().has(id);
  }

  /** Changes the entities now, after everything that has arrived. */
  change(change: EntityChange<Entity>): void {
    untracked(() => this.#history.change(change));
  }

  /**
   * Makes a request whose answer changes the entities, such as that of a command: once, on subscription. The
   * events since the request are applied over the answer, as over that of a read.
   *
   * ```ts
   * rename: (id: string, title: string) =>
   *   firstValueFrom(store._live.call(api.rename(id, title), (tasks, task) => tasks.set(task))),
   * ```
   */
  call<Answer>(
    request: Observable<Answer | Positioned<Answer>>,
    take: (entities: EntityDraft<Entity>, answer: Answer) => void,
  ): Observable<Answer> {
    return defer(() => {
      const place = this.#history.begin();
      return request.pipe(
        map((answer) => {
          const { value, position } = positioned(answer);
          this.#history.answer(place, (draft) => take(draft, value), position);
          return value;
        }),
        finalize(() => this.#history.abandon(place)),
      );
    });
  }

  ɵread<Params, Answer>({
    load,
    take,
    missing,
    keep,
    evict,
  }: EntityReadOptions<Entity, Params, Answer>): LiveRead<Params> {
    return new LiveRead<Params, EntityChange<Entity>>(this.#client, this.#history, {
      load: (params) =>
        loadOnce<Answer, EntityChange<Entity>>(
          (abortSignal) => load(params, abortSignal),
          (answer) => (draft) => take(draft, answer, params),
        ),
      missing: missing && ((params) => (draft) => missing(draft, params)),
      keep,
      evict: evict && ((params) => (draft) => evict(draft, params)),
    });
  }

  ɵchanges<Message>(
    event: EventDefinition<Message>,
    changed: (entities: EntityDraft<Entity>, message: Message) => void,
  ): Observable<LiveChange<EntityChange<Entity>>> {
    return this.#client.changes(event, (message) => (draft) => changed(draft, message));
  }

  ɵfollow(changes: Observable<LiveChange<EntityChange<Entity>>>): void {
    this.#client.follow(changes.pipe(tap((change) => this.#history.take(change))));
  }

  /** Has the entities shown in pages of a list. @returns the list */
  ɵlist(order: ListOrder<Entity>): Listing<Entity> {
    this.#listing = { ...order, idOf: this.#target.selectId };
    return this.#listing;
  }

  /** @param list is read again when a change may have moved something from one page to another */
  ɵrefresh(list: { refresh(): void }): void {
    this.#lists.push(list);
  }

  #after(state: LiveEntitiesState<Entity>, changes: readonly EntityChange<Entity>[]) {
    const draft = this.#draftOf(state, changes);
    return {
      state: draft.ɵfinish(),
      follow: () => {
        draft.ɵfollow();
        if (draft.ɵchangesPages()) {
          this.#lists.forEach((list) => list.refresh());
        }
      },
    };
  }

  /** A change that throws may have drafted a part of it: the other changes are drafted again without it. */
  #draftOf(state: LiveEntitiesState<Entity>, changes: readonly EntityChange<Entity>[]): EntityDraft<Entity> {
    const draft = new EntityDraft(state, this.#target.selectId, this.#listing);
    const failed = changes.find((change) => !this.#client.guard(change, draft));
    return failed
      ? this.#draftOf(
          state,
          changes.filter((change) => change !== failed),
        )
      : draft;
  }

  /** What a method of the store has written by `patchState()`. */
  #difference(
    before: LiveEntitiesState<Entity>,
    now: LiveEntitiesState<Entity>,
  ): EntityChange<Entity> | null {
    if (before.entityMap === now.entityMap) {
      return null;
    }
    const gone = before.ids.filter((id) => !Object.hasOwn(now.entityMap, id));
    const set = now.ids.flatMap((id) => {
      const entity = entityOf(now.entityMap, id);
      return entity === undefined || entity === entityOf(before.entityMap, id) ? [] : [entity];
    });
    return (draft) => {
      gone.forEach((id) => draft.remove(id));
      set.forEach((entity) => draft.set(entity));
    };
  }
}
