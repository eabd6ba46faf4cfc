export { type EntityChange, type EntityDraft, type EntitySelection } from './entity-draft';
export { type EntityReadOptions, type LiveEntities } from './live-entities';
export { type ListOrder, type PageQuery } from './live-page';
export { type LivePageView } from './live-page-view';
export {
  type DefineRead,
  type EntityEvent,
  type LiveEntitiesOptions,
  type LiveEntitiesProps,
  type OnEntityEvent,
  withLiveEntities,
} from './with-live-entities';
export {
  type LivePagesOptions,
  type LivePagesProps,
  type PageAnswer,
  withLivePages,
} from './with-live-pages';
export { withRealtimeStatus } from './with-realtime-status';
