export { type AuthOptions, type TokenFunction, type TokenReason } from './lib/auth/auth-options';
export { withAuth } from './lib/auth/with-auth';
export { withBatches } from './lib/batches/with-batches';
export {
  defineRealtimeClient,
  injectRealtime,
  MAIN_CLIENT as ɵMAIN_CLIENT,
  provideRealtimeClient,
  type RealtimeClient,
} from './lib/clients/realtime-client';
export { type RealtimeCodec, type SubprotocolCodec } from './lib/codec/realtime-codec';
export { withCodec } from './lib/codec/with-codec';
export { type CompressionOptions, withCompression } from './lib/compression/with-compression';
export { type CloseAction, DEFAULT_CLOSE_POLICY } from './lib/connection/close-policy';
export { type ConnectionState, type ConnectionStatus } from './lib/connection/connection-status';
export { type Handover, type RealtimeLink } from './lib/connection/realtime-link';
export { defineEvent, type EventDefinition } from './lib/events/event-definition';
export { type BatchOptions } from './lib/events/event-streams';
export { type EventHandler } from './lib/events/handler-registry';
export { pacedFrames } from './lib/events/paced-frames';
export {
  animationFrame,
  type FrameScheduler,
  perFrame,
  type PerFrameOptions,
  REALTIME_FRAMES,
} from './lib/events/per-frame';
export { type ExtensionHost, type RealtimeExtension } from './lib/extensions/realtime-extension';
export {
  type Ending,
  type IncomingStage,
  type OpenedSocket,
  type OpenSocket,
  type RealtimeHooks,
  type ReconnectPolicy,
} from './lib/extensions/realtime-hooks';
export { defineHandlers, type RealtimeHandlers } from './lib/handlers/define-handlers';
export { type HeartbeatOptions, withHeartbeat } from './lib/heartbeat/with-heartbeat';
export { LiveClient as ɵLiveClient } from './lib/live/live-client';
export { type LiveChange, LiveHistory as ɵLiveHistory } from './lib/live/live-history';
export { LiveRead } from './lib/live/live-read';
export { type LiveLoad } from './lib/live/load-states';
export {
  atPosition,
  type LoadAnswer,
  loadOnce as ɵloadOnce,
  type Positioned,
  positioned as ɵpositioned,
} from './lib/live/positioned';
export {
  type OnEvent,
  type RealtimeChanges,
  type RealtimeLoad,
  type RealtimeResource,
  realtimeResource,
  type RealtimeResourceOptions,
} from './lib/live/realtime-resource';
export { type Acknowledgement, type Refusal } from './lib/outbox/acknowledgement';
export { type DroppedMessage, type DropReason } from './lib/outbox/dropped-message';
export { type OutboxOptions } from './lib/outbox/outbox-options';
export { RealtimeOutbox, type RequestOptions } from './lib/outbox/realtime-outbox';
export {
  type DropPolicy,
  type LatestPolicy,
  type QueuePolicy,
  type SendPolicy,
  type SendResult,
} from './lib/outbox/send-policy';
export { withOutbox } from './lib/outbox/with-outbox';
export { provideRealtime } from './lib/provide-realtime';
export { type QuarantinedMessage, RealtimeQuarantine } from './lib/quarantine/realtime-quarantine';
export { type QuarantineOptions, withQuarantine } from './lib/quarantine/with-quarantine';
export { type RealtimeConfig } from './lib/realtime-config';
export { RealtimeError, type RealtimeErrorCode, type RealtimeErrorDetails } from './lib/realtime-error';
export { type RealtimeMessage } from './lib/realtime-message';
export { RealtimeService } from './lib/realtime-service';
export { RealtimeRecovery } from './lib/recovery/realtime-recovery';
export { type GapReason, REALTIME_GAPS, type RecoveryGap } from './lib/recovery/recovery-gap';
export { type StreamPosition } from './lib/recovery/stream-position';
export { withRecovery } from './lib/recovery/with-recovery';
export { type RetryOptions, withRetry } from './lib/retry/with-retry';
export { type SharedConnectionOptions, withSharedConnection } from './lib/shared/with-shared-connection';
export { type OpenTelemetryMetric, openTelemetryMetrics } from './lib/stats/open-telemetry-metrics';
export { RealtimeStats } from './lib/stats/realtime-stats';
export { type StatsOptions } from './lib/stats/stats-options';
export { type RoundTripStats, type StatsSnapshot, type TrafficStats } from './lib/stats/stats-snapshot';
export { withStats } from './lib/stats/with-stats';
export { RealtimeSubscriptions } from './lib/subscriptions/realtime-subscriptions';
export { type SubscriptionOptions } from './lib/subscriptions/subscription-options';
export { type Topic, type TopicValue } from './lib/subscriptions/topic';
export { withSubscriptions } from './lib/subscriptions/with-subscriptions';
export { type PageLifecycleOptions, withPageLifecycle } from './lib/lifecycle/with-page-lifecycle';
export { REALTIME_SCHEDULER } from './lib/time/realtime-scheduler';
export { REALTIME_TRANSPORT } from './lib/transport/web-socket-transport';
export {
  type OutgoingFrame,
  type Transport,
  type TransportFrame,
  type TransportRequest,
  type TransportSocket,
} from './lib/transport/transport';
