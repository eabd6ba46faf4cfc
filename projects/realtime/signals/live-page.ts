import type { EntityId, EntityMap } from '@ngrx/signals/entities';

/** Which page of a list is asked for. */
export interface PageQuery<Filter = never> {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Null for everything. */
  readonly filter: Filter | null;
}

/** One page as the server answered it, and what has come onto it since. */
export interface LivePage {
  readonly query: PageQuery<unknown>;
  readonly ids: readonly EntityId[];
  /** Entities on all pages. */
  readonly total: number;
}

/** Pages by {@link pageKey}. */
export type LivePages = Readonly<Record<string, LivePage>>;

/** How a server lists its entities. */
export interface ListOrder<Entity> {
  /** The order of the list: negative when `a` comes before `b`. */
  readonly compare: (a: Entity, b: Entity) => number;
  /** What the server filters by. @default it does not filter */
  readonly filterOf?: ((entity: Entity) => unknown) | undefined;
  /**
   * Whether an entity stays on the page where the server listed it, whatever its filter says.
   *
   * @default none does
   */
  readonly stays?: ((entity: Entity) => boolean) | undefined;
}

/** A list of the entities of a store. */
export interface Listing<Entity> extends ListOrder<Entity> {
  readonly idOf: (entity: Entity) => EntityId;
}

/** Name of a page; the same query has the same name. */
export function pageKey({ page, pageSize, filter }: PageQuery<unknown>): string {
  return JSON.stringify([page, pageSize, filter]);
}

/** The entity with this id, which may come from an address: `constructor` finds something in every object. */
export function entityOf<Entity>(entities: EntityMap<Entity>, id: EntityId): Entity | undefined {
  return Object.hasOwn(entities, id) ? entities[id] : undefined;
}

/**
 * What a page shows now: nothing that was removed or that the filter no longer lets through, but what stays.
 * The first page is sorted anew, since things come onto it; the others keep their order, so that nothing
 * moves under the reader's eyes.
 */
export function itemsOf<Entity>(
  { query, ids }: Pick<LivePage, 'query' | 'ids'>,
  entities: EntityMap<Entity>,
  listing: Listing<Entity>,
): Entity[] {
  const items = ids
    .map((id) => entityOf(entities, id))
    .filter((entity) => entity !== undefined)
    .filter((entity) => listing.stays?.(entity) === true || passes(query, entity, listing));
  return query.page === 1 ? items.sort((a, b) => listing.compare(a, b)).slice(0, query.pageSize) : items;
}

/**
 * What is known from elsewhere of a first page that was never read, for when it cannot be read: a part of it,
 * or nothing.
 */
export function knownItemsOf<Entity>(
  query: PageQuery<unknown>,
  pages: LivePages,
  entities: EntityMap<Entity>,
  listing: Listing<Entity>,
): Entity[] {
  if (query.page !== 1 || pageKey(query) in pages) {
    return [];
  }
  const ids = Object.entries<Entity>(entities).flatMap(([id, entity]) =>
    passes(query, entity, listing) ? [id] : [],
  );
  return itemsOf({ query, ids }, entities, listing);
}

/**
 * Puts what was created or changed onto each first page whose filter lets it through, and takes off again
 * what no longer has a place there: a page stays as long as it is, however much arrives.
 *
 * @param entities everything known, the arrivals included
 */
export function withArrivals<Entity>(
  pages: LivePages,
  arrivals: readonly Entity[],
  entities: EntityMap<Entity>,
  listing: Listing<Entity>,
): LivePages {
  const extended = Object.entries(pages).map(([key, page]): [string, LivePage] => {
    const ids = arrivals
      .filter((entity) => page.query.page === 1 && passes(page.query, entity, listing))
      .map((entity) => listing.idOf(entity))
      .filter((id) => !page.ids.includes(id));
    if (ids.length === 0) {
      return [key, page];
    }
    const items = itemsOf({ ...page, ids: [...page.ids, ...ids] }, entities, listing);
    return [key, { ...page, ids: items.map((entity) => listing.idOf(entity)) }];
  });
  return Object.fromEntries(extended);
}

/**
 * Whether a change may have moved something from one page to another, so that pages and their totals should
 * be read again: something is new, is gone, or is filtered otherwise than before.
 */
export function changesPages<Entity>(
  before: Entity | undefined,
  after: Entity | undefined,
  { filterOf }: Listing<Entity>,
): boolean {
  return before === undefined || after === undefined
    ? before !== after
    : filterOf?.(before) !== filterOf?.(after);
}

function passes<Entity>(
  { filter }: PageQuery<unknown>,
  entity: Entity,
  { filterOf }: Listing<Entity>,
): boolean {
  return filter === null || filterOf?.(entity) === filter;
}
