import { once } from 'node:events';
import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { portOf } from '../../server/testing/port-of';
import type { EventLog } from './event-log';

/** A socket.io server of the same events. */
export interface SocketIoServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves the events with connection state recovery, and notices dead links as quickly as the library under
 * test.
 */
export async function openSocketIoServer(log: EventLog): Promise<SocketIoServer> {
  const http = createServer();
  const io = new Server(http, {
    transports: ['websocket'],
    pingInterval: 500,
    pingTimeout: 500,
    connectionStateRecovery: { maxDisconnectionDuration: 120_000 },
    cors: { origin: '*' },
  });
  const leave = log.follow((event) => io.emit(event.event, event));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    port: portOf(http),
    close: async () => {
      leave();
      await io.close();
    },
  };
}
