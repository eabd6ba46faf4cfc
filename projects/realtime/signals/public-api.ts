export { type EntitySelection } from './entity-draft';
export {
  type RealtimeEntitiesOptions,
  type RealtimeRemoval,
  withRealtimeEntities,
} from './with-realtime-entities';
export { type RealtimeReloadOptions, withRealtimeReload } from './with-realtime-reload';
export { withRealtimeStatus } from './with-realtime-status';
