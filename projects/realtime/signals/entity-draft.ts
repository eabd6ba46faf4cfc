import type { LiveRead } from '@creative-autogpt/realtime';
import type { EntityId, EntityState } from '@ngrx/signals/entities';
import {
  changesPages,
  entityOf,
  type Listing,
  type LivePage,
  type LivePages,
  pageKey,
  withArrivals,
} from './live-page';

/** Which entities are meant: one, or all that the predicate says. */
export type EntitySelection<Entity> = EntityId | ((entity: Entity) => boolean);

/** What is known of entities. */
export interface LiveEntitiesState<Entity> extends EntityState<Entity> {
  readonly _missing: ReadonlySet<EntityId>;
  readonly _pages: LivePages;
}

/**
 * The entities of a store as one or more changes leave them. A change may be made again over another state,
 * as when an answer turns out to be older: it has to depend on the draft and on its message alone.
 */
export class EntityDraft<Entity> {
  readonly #state: LiveEntitiesState<Entity>;
  readonly #selectId: (entity: Entity) => EntityId;
  readonly #listing: Listing<Entity> | null;
  readonly #set = new Map<EntityId, Entity>();
  readonly #removed = new Set<EntityId>();
  #missing: Set<EntityId> | null = null;
  #pages: LivePages;
  #follow: (() => void)[] = [];

  /** @param listing null where they are not shown in pages */
  constructor(
    state: LiveEntitiesState<Entity>,
    selectId: (entity: Entity) => EntityId,
    listing: Listing<Entity> | null,
  ) {
    this.#state = state;
    this.#selectId = selectId;
    this.#listing = listing;
    this.#pages = state._pages;
  }

  /** The entity as it is after the changes so far; undefined where it is not known. */
  get(id: EntityId): Entity | undefined {
    return this.#set.get(id) ?? (this.#removed.has(id) ? undefined : this.#stored(id));
  }

  /** Whether `setMissing()` said so of an entity, or of what entities belong to. */
  isMissing(id: EntityId): boolean {
    return (this.#missing ?? this.#state._missing).has(id);
  }

  /** Adds an entity, or replaces the one with its id, which keeps its place. It is not missing any more. */
  set(entity: Entity): void {
    const id = this.#selectId(entity);
    this.#removed.delete(id);
    this.#set.set(id, entity);
    if (this.isMissing(id)) {
      this.#changedMissing().delete(id);
    }
  }

  /** Replaces an entity that is known, or all that the predicate says. */
  update(selection: EntitySelection<Entity>, changed: (entity: Entity) => Entity): void {
    for (const id of this.#selected(selection)) {
      const known = this.get(id);
      if (known !== undefined) {
        this.set(changed(known));
      }
    }
  }

  /** Removes an entity, or all that the predicate says. */
  remove(selection: EntitySelection<Entity>): void {
    for (const id of this.#selected(selection)) {
      this.#set.delete(id);
      this.#removed.add(id);
    }
  }

  /**
   * Has exactly `entities` of those that `scope` says, such as all of a parent: the answer of a whole list.
   */
  replace(entities: readonly Entity[], scope: (entity: Entity) => boolean): void {
    this.remove(scope);
    entities.forEach((entity) => this.set(entity));
  }

  /**
   * The server says that there is no such entity, or will not be any more: it is removed, and `isMissing()`.
   * It may also be the id of what entities belong to.
   */
  setMissing(id: EntityId): void {
    this.remove(id);
    this.#changedMissing().add(id);
  }

  /** Has `read.fetch(params)` read what an event told only a part of. */
  fetch<Params>(read: LiveRead<Params>, params: NoInfer<Params>): void {
    this.#follow.push(() => read.fetch(params));
  }

  /** Has `read.refresh()` read again what an event made outdated. */
  refresh<Params>(read: LiveRead<Params>): void {
    this.#follow.push(() => read.refresh());
  }

  /** A page as the server lists it. */
  ɵsetPage(page: LivePage): void {
    this.#pages = { ...this.#pages, [pageKey(page.query)]: page };
  }

  /** What is to be done once the changes are shown. */
  ɵfollow(): void {
    this.#follow.forEach((step) => step());
  }

  /** Whether the changes may have moved something from one page to another. */
  ɵchangesPages(): boolean {
    const listing = this.#listing;
    return (
      listing !== null &&
      [...this.#removed, ...this.#set.keys()].some((id) =>
        changesPages(this.#stored(id), this.get(id), listing),
      )
    );
  }

  /** The state with all changes. */
  ɵfinish(): LiveEntitiesState<Entity> {
    const { entityMap, ids } = this.#entities();
    const listing = this.#listing;
    return {
      entityMap,
      ids,
      _missing: this.#missing ?? this.#state._missing,
      _pages: listing ? withArrivals(this.#pages, [...this.#set.values()], entityMap, listing) : this.#pages,
    };
  }

  #entities(): EntityState<Entity> {
    const { entityMap, ids } = this.#state;
    if (this.#set.size + this.#removed.size === 0) {
      return { entityMap, ids };
    }
    const next = { ...entityMap, ...Object.fromEntries(this.#set) };
    this.#removed.forEach((id) => Reflect.deleteProperty(next, id));
    const added = [...this.#set.keys()].filter((id) => this.#stored(id) === undefined);
    const left = this.#removed.size > 0 ? ids.filter((id) => !this.#removed.has(id)) : ids;
    return { entityMap: next, ids: added.length > 0 ? [...left, ...added] : left };
  }

  #changedMissing(): Set<EntityId> {
    return (this.#missing ??= new Set(this.#state._missing));
  }

  #stored(id: EntityId): Entity | undefined {
    return entityOf(this.#state.entityMap, id);
  }

  #selected(selection: EntitySelection<Entity>): readonly EntityId[] {
    if (typeof selection !== 'function') {
      return [selection];
    }
    return [...new Set([...this.#state.ids, ...this.#set.keys()])].filter((id) => {
      const entity = this.get(id);
      return entity !== undefined && selection(entity);
    });
  }
}

/** A change to the entities of a store. It must not write into the entities it is given. */
export type EntityChange<Entity> = (entities: EntityDraft<Entity>) => void;
