import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { TaskUpdate } from '@creative-autogpt/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { portOf } from '../../server/testing/port-of';
import { sendAtPace } from './pace';
import { REST_PATH, restAnswer } from './rest-answers';
import { staticFile } from './static-files';
import { TaskRecords } from './task-records';
import {
  makeSessions,
  makeTasks,
  makeUpdates,
  RATE,
  SECONDS,
  taskUpdate,
  UPDATES_PER_FRAME,
} from './workload';

/** Bytes that may wait in the socket before the server pauses. */
const HIGH_WATER = 1 << 19;

const CONFIG = { websocketUrl: '/ws/ws', restUrl: REST_PATH, locale: 'en' };
const CONNECTED = {
  event: 'connected',
  data: {
    client_id: 'bench',
    capabilities: ['resume', 'batch'],
    epoch: 'bench',
    offset: 0,
    recovered: false,
  },
};

/** Frames as they go over the wire, made beforehand so that the page is measured and not this server. */
interface Flood {
  readonly batches: readonly (readonly TaskUpdate[])[];
  readonly frames: readonly string[];
}

/** Serves the application with its data, and floods the one page that is open. */
export class StoreServer {
  readonly #tasks = makeTasks();
  readonly #fillFlood = floodOf(this.#tasks.map(taskUpdate), 1);
  readonly #changeFlood = floodOf(makeUpdates(this.#tasks), this.#tasks.length + 1);
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #http = createServer((request, response) => void this.#answer(request, response));
  #records = new TaskRecords(makeSessions(), this.#tasks);

  constructor() {
    this.#http.on('upgrade', (request, socket, head) => {
      this.#sockets.handleUpgrade(request, socket, head, serveSocket);
    });
  }

  /** @returns the origin of the pages */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${portOf(this.#http)}`;
  }

  /** Forgets what was sent: the next page begins with the tasks before any update. */
  reset(): void {
    this.#records = new TaskRecords(makeSessions(), this.#tasks);
  }

  /** Tells every task once. */
  async fill(): Promise<void> {
    await this.#send(this.#fillFlood, Infinity);
  }

  /**
   * Sends updates at {@link RATE} for as long as they last, fewer if the page does not take them. @returns
   * how many
   */
  async flood(): Promise<number> {
    return (await this.#send(this.#changeFlood, SECONDS * 1_000)) * UPDATES_PER_FRAME;
  }

  /** What the page should show and hold once it has taken everything that was sent. */
  get expected(): Pick<TaskRecords, 'all' | 'page'> {
    return this.#records;
  }

  close(): void {
    this.#sockets.clients.forEach((socket) => {
      socket.terminate();
    });
    this.#http.close();
  }

  #send({ batches, frames }: Flood, atMost: number): Promise<number> {
    const [socket] = this.#sockets.clients;
    if (!socket) {
      throw new Error('No page is connected.');
    }
    const take = (frame: string, index: number): void => {
      socket.send(frame);
      batches[index]?.forEach((update) => {
        this.#records.take(update);
      });
    };
    return sendAtPace(frames, take, {
      interval: (UPDATES_PER_FRAME / RATE) * 1_000,
      mayGoOn: () => socket.bufferedAmount < HIGH_WATER,
      atMost,
    });
  }

  async #answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(url, 'http://bench');
    const json = address.pathname === '/config.json' ? CONFIG : restAnswer(address, this.#records);
    if (json !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
      return;
    }
    const file = await staticFile(address.pathname);
    response
      .writeHead(file ? 200 : 404, { 'content-type': file?.type ?? 'text/plain' })
      .end(file?.content ?? '');
  }
}

function floodOf(updates: readonly TaskUpdate[], firstOffset: number): Flood {
  const batches: TaskUpdate[][] = [];
  for (let index = 0; index < updates.length; index += UPDATES_PER_FRAME) {
    batches.push(updates.slice(index, index + UPDATES_PER_FRAME));
  }
  const frames = batches.map((batch, index) => {
    const offset = firstOffset + index * UPDATES_PER_FRAME;
    const events = batch.map((update, at) => ({ ...update, id: offset + at }));
    return JSON.stringify({ event: 'batch', data: { events } });
  });
  return { batches, frames };
}

/** Answers what the page says: it names itself, and pings. */
function serveSocket(socket: WebSocket): void {
  socket.on('message', (frame: Buffer) => {
    const message: unknown = JSON.parse(frame.toString());
    if (typeof message === 'object' && message !== null && 'event' in message) {
      if (message.event === 'connect') {
        socket.send(JSON.stringify(CONNECTED));
      } else if (message.event === 'ping') {
        socket.send(JSON.stringify({ event: 'pong' }));
      }
    }
  });
}
