import { createServer } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { Server as SocketIoServer } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';
import { portOf } from '../../server/testing/port-of';
import { EVENT, EVENTS_PER_FRAME, makeEvent } from './events';

/** Bytes that may wait in a socket before the server pauses. */
const HIGH_WATER = 1 << 20;

/** Frames after which the network has its turn. */
const FRAMES_A_TURN = 256;

/** A server that sends its events to whoever asks, as fast as the socket takes them. */
export interface FloodServer {
  /** Host and port. */
  readonly host: string;
  close(): Promise<void>;
}

/**
 * Serves the pages of the clients under test, and floods them: `/single` one event a frame, `/batched` many,
 * and socket.io's own protocol. Frames are made beforehand where the protocol allows it, so that the clients
 * are measured and not this server.
 *
 * @param pages HTML by path
 * @param count events for each that asks
 */
export async function openFloodServer(
  pages: ReadonlyMap<string, string>,
  count: number,
): Promise<FloodServer> {
  const events = Array.from({ length: count }, (_, index) => makeEvent(index));
  const frames = new Map([
    ['/single', events.map((event) => JSON.stringify(event))],
    ['/batched', batchesOf(events)],
  ]);
  const http = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
  });
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    const own = frames.get(request.url ?? '');
    if (own) {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        serve(opened, own);
      });
    }
  });
  const io = new SocketIoServer(http, { transports: ['websocket'] });
  io.on('connection', (socket) => {
    socket.on('ask', () => {
      void flood(events, (event) => {
        socket.emit(EVENT, event);
        return socket.conn.transport.writable;
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${portOf(http)}`,
    close: async () => {
      sockets.clients.forEach((socket) => {
        socket.terminate();
      });
      await io.close();
    },
  };
}

function batchesOf(events: readonly unknown[]): string[] {
  const frames: string[] = [];
  for (let index = 0; index < events.length; index += EVENTS_PER_FRAME) {
    const data = { events: events.slice(index, index + EVENTS_PER_FRAME) };
    frames.push(JSON.stringify({ event: 'batch', data }));
  }
  return frames;
}

function serve(socket: WebSocket, frames: readonly string[]): void {
  socket.on('message', (frame: Buffer) => {
    const message: unknown = JSON.parse(frame.toString());
    if (isEvent(message, 'connect')) {
      const data = { client_id: 'bench', capabilities: ['batch'] };
      socket.send(JSON.stringify({ event: 'connected', data }));
    } else if (isEvent(message, 'ask')) {
      void flood(frames, (next) => {
        socket.send(next);
        return socket.bufferedAmount < HIGH_WATER;
      });
    }
  });
}

function isEvent(message: unknown, event: string): boolean {
  return typeof message === 'object' && message !== null && 'event' in message && message.event === event;
}

/** Lets the network have its turn now and then, and whenever `send` says that it took enough. */
async function flood<T>(items: readonly T[], send: (item: T) => boolean): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (!send(item) || index % FRAMES_A_TURN === 0) {
      await setImmediate();
    }
  }
}
