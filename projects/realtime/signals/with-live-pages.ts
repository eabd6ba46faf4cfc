import type { LoadAnswer } from '@creative-autogpt/realtime';
import {
  type EmptyFeatureResult,
  type SignalStoreFeature,
  signalStoreFeature,
  type,
  withProps,
} from '@ngrx/signals';
import type { EntityState } from '@ngrx/signals/entities';
import type { EntityDraft, LiveEntitiesState } from './entity-draft';
import type { ListOrder, PageQuery } from './live-page';
import { LivePageView } from './live-page-view';
import type { LiveEntitiesProps } from './with-live-entities';

/** A page as a server answers it. */
export interface PageAnswer<Entity> {
  readonly items: readonly Entity[];
  /** Entities on all pages. */
  readonly total: number;
}

/** A list that a server gives in pages. */
export interface LivePagesOptions<Entity, Filter> extends ListOrder<Entity> {
  /** Reads one page. */
  readonly load: (query: PageQuery<Filter>, abortSignal: AbortSignal) => LoadAnswer<PageAnswer<Entity>>;
  /** Takes what a page lists into the entities. @default sets each */
  readonly take?: (entities: EntityDraft<Entity>, items: readonly Entity[]) => void;
  readonly filterOf?: (entity: Entity) => Filter;
}

type PagesState<Entity> = EntityState<Entity> & Pick<LiveEntitiesState<Entity>, '_pages'>;

/** What `withLivePages()` adds to a store. */
export interface LivePagesProps<Entity, Filter> {
  readonly page: LivePageView<Entity, Filter>;
  /** Makes a further view, for a page that is shown beside the other one. */
  readonly _pageView: () => LivePageView<Entity, Filter>;
}

/**
 * Shows the entities of a store in pages of a list. Give it after `withLiveEntities()`, with a function that
 * is called in an injection context.
 *
 * ```ts
 * withLivePages((api = inject(TasksApi)) => ({
 *   load: (query: PageQuery<TaskStatus>) => api.page(query),
 *   compare: (a: Task, b: Task) => b.updated - a.updated,
 *   filterOf: ({ status }: Task) => status,
 * })),
 *
 * store.page.open({ page: 1, pageSize: 20, filter: null }); store.page.items(); store.page.total();
 * ```
 *
 * A page that was read shows what is known of its entities now. What is new or changed comes onto the first
 * page where it belongs; the other pages keep their order. When something may have moved from one page to
 * another, the open page is read again, at most once a second.
 */
export function withLivePages<Entity, Filter = never>(
  list: () => LivePagesOptions<Entity, Filter>,
): SignalStoreFeature<
  EmptyFeatureResult & { state: PagesState<Entity>; props: LiveEntitiesProps<Entity> },
  EmptyFeatureResult & { props: LivePagesProps<Entity, Filter> }
> {
  return signalStoreFeature(
    {
      state: type<PagesState<Entity>>(),
      props: type<LiveEntitiesProps<Entity>>(),
    },
    withProps((store) => {
      const { load, take = setEach, ...order } = list();
      const listing = store._live.ɵlist(order);
      const view = (): LivePageView<Entity, Filter> => {
        const read = store._live.ɵread<PageQuery<Filter>, PageAnswer<Entity>>({
          load,
          take: (entities, { items, total }, query) => {
            take(entities, items);
            entities.ɵsetPage({ query, ids: items.map(listing.idOf), total });
          },
        });
        store._live.ɵrefresh(read);
        return new LivePageView(read, store, listing);
      };
      return { page: view(), _pageView: view };
    }),
  );
}

function setEach<Entity>(entities: EntityDraft<Entity>, items: readonly Entity[]): void {
  items.forEach((item) => entities.set(item));
}
