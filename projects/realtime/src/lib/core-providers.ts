import { type EnvironmentProviders, inject, type Provider } from '@angular/core';
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
import { REALTIME_CONFIG } from './realtime-config';
import { RealtimeService } from './realtime-service';
import { REALTIME_SCHEDULER } from './time/realtime-scheduler';
import { CallerZone, schedulerOutsideAngular } from './zones/caller-zone';

/** What every client is made of, before its features. */
export function coreProviders(): readonly (Provider | EnvironmentProviders)[] {
  return [
    CallerZone,
    LinkOpener,
    RealtimeService,
    SocketConnection,
    { provide: Connection, useExisting: SocketConnection },
    ConnectionStateStore,
    ErrorReports,
    EventStreams,
    HandlerRegistry,
    Handshake,
    { provide: REALTIME_SCHEDULER, useFactory: schedulerOutsideAngular },
    { provide: LINK_COMPANIONS, multi: true, useFactory: handshakeCompanion },
  ];
}

function handshakeCompanion(): LinkCompanion {
  const silent: LinkCompanion = { accompany: () => EMPTY };
  return inject(REALTIME_CONFIG).handshake === false ? silent : inject(Handshake);
}
