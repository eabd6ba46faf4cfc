import { computed } from '@angular/core';
import { signalStoreFeature, type, withComputed, withState } from '@ngrx/signals';
import type { EntityState } from '@ngrx/signals/entities';
import {
  itemsOf,
  knownItemsOf,
  type Listed,
  type Listing,
  type LivePages,
  pageKey,
  type PageQuery,
} from './live-page';

/** Which page is open, and every page read so far. */
export interface LivePagesState<Status extends string> {
  readonly _query: PageQuery<Status> | null;
  readonly _pages: LivePages<Status>;
}

/** Pages of a list over the entities of a store: a page holds ids, and shows what is known of them now. */
export function withLivePages<Entity extends Listed<Status>, Status extends string>(
  listing: Listing<Entity>,
) {
  const initial: LivePagesState<Status> = { _query: null, _pages: {} };
  return signalStoreFeature(
    { state: type<EntityState<Entity>>() },
    withState(initial),
    withComputed((store) => {
      const entityMap = computed<Readonly<Record<string, Entity>>>(() => store.entityMap());
      const pages = computed<LivePages<Status>>(() => store._pages());
      const query = computed<PageQuery<Status> | null>(() => store._query());
      return {
        page: () => query()?.page ?? 1,
        pageSize: () => query()?.pageSize ?? 0,
        statusFilter: () => query()?.statusFilter ?? null,
        /** Until the open page is there, what another page of the same list says. */
        total: () => {
          const open = query();
          const sameList = Object.values(pages()).filter(
            (page) => page.query.statusFilter === open?.statusFilter,
          );
          return (open && pages()[pageKey(open)]?.total) ?? sameList.at(-1)?.total ?? 0;
        },
        _openPageItems: () => {
          const open = query();
          const page = open ? pages()[pageKey(open)] : undefined;
          return page ? itemsOf(page, entityMap(), listing) : [];
        },
        _knownPageItems: () => {
          const open = query();
          return open ? knownItemsOf(open, pages(), entityMap(), listing) : [];
        },
      };
    }),
  );
}
