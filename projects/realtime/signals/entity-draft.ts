import type { EntityId, EntityState } from '@ngrx/signals/entities';

/** Which entities are meant: one, or all that the predicate says. */
export type EntitySelection<Entity> = EntityId | ((entity: Entity) => boolean);

/** Changes to the entities of a store, gathered for one write. */
export class EntityDraft<Entity> {
  private readonly changed = new Map<EntityId, Entity>();
  private readonly removed = new Set<EntityId>();

  constructor(private readonly state: EntityState<Entity>) {}

  /** The entity as it is after the changes so far. */
  get(id: EntityId): Entity | undefined {
    return this.changed.get(id) ?? (this.removed.has(id) ? undefined : this.stored(id));
  }

  set(id: EntityId, entity: Entity): void {
    this.removed.delete(id);
    this.changed.set(id, entity);
  }

  remove(selection: EntitySelection<Entity>): void {
    const ids = typeof selection === 'function' ? this.matching(selection) : [selection];
    for (const id of ids) {
      this.changed.delete(id);
      this.removed.add(id);
    }
  }

  /** The state with all changes; nothing when there are none. An entity that is replaced keeps its place. */
  finish(): Partial<EntityState<Entity>> {
    const { entityMap, ids } = this.state;
    const gone = ids.filter((id) => this.removed.has(id));
    if (this.changed.size + gone.length === 0) {
      return {};
    }
    const next = { ...entityMap, ...Object.fromEntries(this.changed) };
    for (const id of gone) {
      Reflect.deleteProperty(next, id);
    }
    const added = [...this.changed.keys()].filter((id) => this.stored(id) === undefined);
    return { entityMap: next, ids: [...ids.filter((id) => !this.removed.has(id)), ...added] };
  }

  /** The map is a plain object: an id such as `constructor` finds something in every one. */
  private stored(id: EntityId): Entity | undefined {
    const { entityMap } = this.state;
    return Object.hasOwn(entityMap, id) ? entityMap[id] : undefined;
  }

  private matching(predicate: (entity: Entity) => boolean): EntityId[] {
    return [...new Set([...this.state.ids, ...this.changed.keys()])].filter((id) => {
      const entity = this.get(id);
      return entity !== undefined && predicate(entity);
    });
  }
}
