import { computed, type Signal } from '@angular/core';
import type { LiveLoad, LiveRead } from '@creative-autogpt/realtime';
import type { EntityMap } from '@ngrx/signals/entities';
import { itemsOf, knownItemsOf, type Listing, type LivePages, pageKey, type PageQuery } from './live-page';

/** The entities that pages show. */
interface ListedEntities<Entity> {
  readonly entityMap: Signal<EntityMap<Entity>>;
  readonly _pages: Signal<LivePages>;
}

/** One page of a list, as a reader sees it. */
export class LivePageView<Entity, Filter> {
  readonly #read: LiveRead<PageQuery<Filter>>;
  readonly #store: ListedEntities<Entity>;
  readonly #listing: Listing<Entity>;
  readonly #page = computed(() => {
    const query = this.query();
    return query ? this.#store._pages()[pageKey(query)] : undefined;
  });

  /** Which page is open; null when none is. */
  readonly query: Signal<PageQuery<Filter> | null>;

  /** What is on the open page now. */
  readonly items = computed(() => {
    const page = this.#page();
    return page ? itemsOf(page, this.#store.entityMap(), this.#listing) : [];
  });

  /**
   * What is known from elsewhere of an open first page that could not be read yet: a part of it, or nothing.
   */
  readonly known = computed(() => {
    const query = this.query();
    return query ? knownItemsOf(query, this.#store._pages(), this.#store.entityMap(), this.#listing) : [];
  });

  /** Entities on all pages; until the open page is read, what another page of the same list says. */
  readonly total = computed(() => {
    const page = this.#page();
    const sameList = Object.values(this.#store._pages()).filter(
      ({ query }) => query.filter === this.query()?.filter,
    );
    return (page ?? sameList.at(-1))?.total ?? 0;
  });

  /** Where the load of the open page stands; null when none is open. */
  readonly load = computed<LiveLoad | null>(() => {
    const query = this.query();
    return query && this.#read.loadOf(query);
  });

  constructor(read: LiveRead<PageQuery<Filter>>, store: ListedEntities<Entity>, listing: Listing<Entity>) {
    this.#read = read;
    this.#store = store;
    this.#listing = listing;
    this.query = read.opened;
  }

  /** Shows a page, in place of the open one; everything else follows it from then on. */
  open(query: PageQuery<Filter>): void {
    this.#read.open(query);
  }

  /** Reads the open page again, at most once a second: it is outdated, and no event says so. */
  refresh(): void {
    this.#read.refresh();
  }
}
