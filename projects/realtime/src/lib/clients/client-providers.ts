import type { EnvironmentProviders, Provider } from '@angular/core';
import { Connection } from '../connection/connection';
import { ConnectionStateStore } from '../connection/connection-state-store';
import { ErrorReports } from '../connection/error-reports';
import { Handshake } from '../connection/handshake';
import { SocketConnection } from '../connection/socket-connection';
import { SocketOpener } from '../connection/socket-opener';
import { EventStreams } from '../events/event-streams';
import { HandlerRegistry } from '../events/handler-registry';
import { CLIENT_HOOKS, makeHooks } from '../extensions/client-hooks';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { type ClientConfig, REALTIME_CONFIG } from '../realtime-config';
import { RealtimeService } from '../realtime-service';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CallerZone, schedulerOutsideAngular } from '../zones/caller-zone';

/** What a client is made of; what its extensions provide wins. */
export function clientProviders(
  config: ClientConfig,
  extensions: readonly RealtimeExtension[],
): (Provider | EnvironmentProviders)[] {
  return [
    { provide: REALTIME_CONFIG, useValue: config },
    CallerZone,
    RealtimeService,
    SocketConnection,
    SocketOpener,
    { provide: Connection, useExisting: SocketConnection },
    ConnectionStateStore,
    ErrorReports,
    EventStreams,
    HandlerRegistry,
    Handshake,
    { provide: REALTIME_SCHEDULER, useFactory: schedulerOutsideAngular },
    { provide: CLIENT_HOOKS, useFactory: () => makeHooks(extensions) },
    ...extensions.flatMap(({ providers }) => providers ?? []),
  ];
}
