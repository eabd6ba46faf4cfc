import { InjectionToken } from '@angular/core';
import type { Transport } from './transport';
import { WebSocketTransport } from './web-socket-transport';

/** How sockets are opened. Provide another one in the root injector to bring a transport of your own. */
export const REALTIME_TRANSPORT = new InjectionToken<Transport>(
  ngDevMode ? '@creative-autogpt/realtime transport' : '',
  {
    providedIn: 'root',
    factory: () => new WebSocketTransport(),
  },
);
