import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type Capability, Connect, MessageId, Ping, type StreamPosition } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { type WebSocket, WebSocketServer } from 'ws';
import { portOf } from '../../server/testing/port-of';
import { EventLog } from './event-log';
import type { KillableServer } from './killable-server';

/** What this server knows of the protocol's capabilities. */
const KNOWN: readonly Capability[] = ['resume', 'commands'];

/** Close code of a server that restarts. */
const RESTARTING = 1012;

/** A command of this suite: `start`, with the number that names it for a session. */
const NumberedCommand = v.object({
  event: v.literal('start'),
  id: MessageId,
  session_id: v.pipe(v.string(), v.toNumber()),
});

const Message = v.variant('event', [Connect, Ping, NumberedCommand]);

/** A server that speaks PROTOCOL's resume and commands, over a journal that survives it. */
export class JournalServer implements KillableServer {
  readonly log = new EventLog();
  #http: Server = createServer();
  #sockets = new WebSocketServer({ noServer: true });
  #listening = 0;
  #newest: string | null = null;
  #count = 0;

  static async open(): Promise<JournalServer> {
    const server = new JournalServer();
    await server.start();
    return server;
  }

  get port(): number {
    return this.#listening;
  }

  /** Path that the client asked for with which the newest link was opened; null before the first. */
  get newestPath(): string | null {
    return this.#newest;
  }

  /** Links that were opened. */
  get links(): number {
    return this.#count;
  }

  async start(): Promise<void> {
    this.#http = createServer();
    this.#sockets = new WebSocketServer({ server: this.#http });
    this.#sockets.on('connection', (socket, request) => this.#serve(socket, request));
    this.#http.listen(this.#listening, '127.0.0.1');
    await once(this.#http, 'listening');
    this.#listening = portOf(this.#http);
  }

  async kill(): Promise<void> {
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#sockets.clients.forEach((socket) => socket.terminate());
    this.#http.closeAllConnections();
    await closed;
  }

  /** Ends every link in order, as a server does that restarts. */
  endLinks(): void {
    this.#sockets.clients.forEach((socket) => socket.close(RESTARTING));
  }

  #serve(socket: WebSocket, { url }: IncomingMessage): void {
    this.#newest = url ?? null;
    this.#count += 1;
    const send = (message: object): void => socket.send(JSON.stringify(message));
    let numbered = false;
    const leave = this.log.follow((event, offset) => send(numbered ? { ...event, id: offset } : event));
    socket.on('close', leave);
    // A broken connection is what this is about; `close` follows.
    socket.on('error', () => undefined);
    socket.on('message', (frame: Buffer) => {
      const message = v.parse(Message, JSON.parse(frame.toString()));
      switch (message.event) {
        case 'connect':
          numbered = true;
          this.#answer(message.data?.resume, send);
          break;
        case 'ping':
          send({ event: 'pong' });
          break;
        case 'start':
          this.log.do(message.id, message.session_id);
          send({ event: 'ack', data: { id: message.id, ok: true } });
          break;
      }
    });
  }

  #answer(resume: StreamPosition | undefined, send: (message: object) => void): void {
    const { epoch, offset } = this.log;
    const recovered = resume?.epoch === epoch && resume.offset <= offset;
    send({
      event: 'connected',
      data: { client_id: 'client', capabilities: KNOWN, epoch, offset, recovered },
    });
    for (const [event, id] of recovered ? this.log.since(resume.offset) : []) {
      send({ ...event, id });
    }
  }
}
