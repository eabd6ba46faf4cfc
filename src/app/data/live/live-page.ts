/** Which page of a list is asked for. */
export interface PageQuery<Status extends string> {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  /** Null for every status. */
  readonly statusFilter: Status | null;
}

/** One page as the server answered it, and what has come onto it since. */
export interface LivePage<Status extends string> {
  readonly query: PageQuery<Status>;
  readonly ids: readonly string[];
  /** Things on all pages. */
  readonly total: number;
}

/** Pages by {@link pageKey}. */
export type LivePages<Status extends string> = Readonly<Record<string, LivePage<Status>>>;

/** What lists look at. */
export interface Listed<Status extends string = string> {
  readonly status: Status;
  /** Whether the server could not read it: its status is `failed` then, and the server lists it by the stored one. */
  readonly damaged?: boolean | undefined;
}

/** What a list is made of, and how the server sorts it. */
export interface Listing<Entity extends Listed> {
  readonly idOf: (entity: Entity) => string;
  /** Negative when `a` comes before `b`. */
  readonly compare: (a: Entity, b: Entity) => number;
}

/** Name of a page; the same query has the same name. */
export function pageKey({ page, pageSize, statusFilter }: PageQuery<string>): string {
  return `${page}/${pageSize}/${statusFilter ?? ''}`;
}

/** The entity with this id, which may come from an address: `constructor` finds something in every object. */
export function entityOf<Entity>(entities: Readonly<Record<string, Entity>>, id: string): Entity | undefined {
  return Object.hasOwn(entities, id) ? entities[id] : undefined;
}

/**
 * What a page shows now: nothing that was deleted or that the filter no longer lets through, but what is damaged stays
 * where the server put it. The first page is sorted anew, since things come onto it; the others keep their order, so that
 * nothing moves under the reader's eyes.
 */
export function itemsOf<Entity extends Listed>(
  { query, ids }: LivePage<string>,
  entities: Readonly<Record<string, Entity>>,
  listing: Listing<Entity>,
): Entity[] {
  const items = ids
    .map((id) => entityOf(entities, id))
    .filter(
      (entity): entity is Entity =>
        entity !== undefined && (entity.damaged === true || passes(query, entity)),
    );
  return query.page === 1 ? items.sort((a, b) => listing.compare(a, b)).slice(0, query.pageSize) : items;
}

/**
 * What is known from elsewhere of a first page that was never read, for when it cannot be read: a part of it, or nothing.
 */
export function knownItemsOf<Entity extends Listed<Status>, Status extends string>(
  query: PageQuery<Status>,
  pages: LivePages<Status>,
  entities: Readonly<Record<string, Entity>>,
  listing: Listing<Entity>,
): Entity[] {
  if (query.page !== 1 || pageKey(query) in pages) {
    return [];
  }
  const ids = Object.entries(entities).flatMap(([id, entity]) => (passes(query, entity) ? [id] : []));
  return itemsOf({ query, ids, total: 0 }, entities, listing);
}

/**
 * Puts what was created or changed onto each first page whose filter lets it through, and takes off again what no longer
 * has a place there: a page stays as long as it is, however much arrives.
 *
 * @param entities everything known, the arrivals included
 */
export function withArrivals<Entity extends Listed, Status extends string>(
  pages: LivePages<Status>,
  arrivals: readonly Entity[],
  entities: Readonly<Record<string, Entity>>,
  listing: Listing<Entity>,
): LivePages<Status> {
  const extended = Object.entries(pages).map(([key, page]) => {
    const ids = arrivals
      .filter((entity) => page.query.page === 1 && passes(page.query, entity))
      .map((entity) => listing.idOf(entity))
      .filter((id) => !page.ids.includes(id));
    if (ids.length === 0) {
      return [key, page] as const;
    }
    const items = itemsOf({ ...page, ids: [...page.ids, ...ids] }, entities, listing);
    return [key, { ...page, ids: items.map((entity) => listing.idOf(entity)) }] as const;
  });
  return Object.fromEntries(extended);
}

/**
 * Whether a change may have moved something from one page to another, so that pages and their totals should be read
 * again: something is new, is gone, or has another status than before.
 */
export function changesPages<Entity extends Listed>(
  before: Entity | undefined,
  after: Entity | undefined,
): boolean {
  return before?.status !== after?.status;
}

function passes({ statusFilter }: PageQuery<string>, { status }: Listed): boolean {
  return statusFilter === null || statusFilter === status;
}
