import { type EnvironmentProviders, inject, makeEnvironmentProviders } from '@angular/core';
import { EMPTY } from 'rxjs';
import { LinkOpener } from './codec/link-opener';
import { Connection } from './connection/connection';
import { ConnectionStateStore } from './connection/connection-state-store';
import { ErrorReports } from './connection/error-reports';
import { Handshake } from './connection/handshake';
import { LINK_COMPANIONS, type LinkCompanion } from './connection/realtime-link';
import { SocketConnection } from './connection/socket-connection';
import { EventStreams } from './events/event-streams';
import { HandlerRegistry } from './events/handler-registry';
import { REALTIME_CONFIG, type RealtimeConfig } from './realtime-config';
import type { RealtimeFeature } from './realtime-feature';
import { RealtimeService } from './realtime-service';
import { REALTIME_TRANSPORT } from './transport/transport';
import { WebSocketTransport } from './transport/web-socket-transport';

/**
 * Provides {@link RealtimeService} with the capabilities given.
 *
 * ```ts
 * export const appConfig: ApplicationConfig = {
 *   providers: [provideRealtime({ url: 'ws://localhost:8000/ws/ws' }, withRetry(), withHeartbeat())],
 * };
 * ```
 *
 * @param config the configuration, or a function that makes it in an injection context
 * @throws Error when a feature is given twice.
 */
export function provideRealtime(
  config: RealtimeConfig | (() => RealtimeConfig),
  ...features: readonly RealtimeFeature[]
): EnvironmentProviders {
  const kinds = features.map(({ ɵkind }) => ɵkind);
  const twice = kinds.find((kind, index) => kinds.indexOf(kind) !== index);
  if (twice) {
    throw new Error(
      `@creative-autogpt/realtime: the feature "${twice}" was given twice to provideRealtime().`,
    );
  }
  return makeEnvironmentProviders([
    typeof config === 'function'
      ? { provide: REALTIME_CONFIG, useFactory: config }
      : { provide: REALTIME_CONFIG, useValue: config },
    { provide: REALTIME_TRANSPORT, useClass: WebSocketTransport },
    LinkOpener,
    RealtimeService,
    SocketConnection,
    { provide: Connection, useExisting: SocketConnection },
    ConnectionStateStore,
    ErrorReports,
    EventStreams,
    HandlerRegistry,
    Handshake,
    { provide: LINK_COMPANIONS, multi: true, useFactory: handshakeCompanion },
    ...features.flatMap(({ ɵproviders }) => ɵproviders),
  ]);
}

function handshakeCompanion(): LinkCompanion {
  const silent: LinkCompanion = { accompany: () => EMPTY };
  return inject(REALTIME_CONFIG).handshake === false ? silent : inject(Handshake);
}
