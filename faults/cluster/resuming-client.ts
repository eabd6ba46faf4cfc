import { ServerEvent, type StreamPosition } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { snapshotOf, type ServerState } from './server-state';

/** Longest pause (ms) until a client that lost its server tries the next. */
const LONGEST_PAUSE_MS = 300;

/** How a client finds its servers. */
export interface Balancer {
  /** Address of a server, not always one that works, such as `http://127.0.0.1:8000`. */
  next(): string;
  /** Signs in, where the servers ask for that. */
  readonly token?: string | undefined;
}

/**
 * A client as the protocol describes one: it keeps its position, resumes at whichever server takes it, and
 * loads the state anew where there is no way back.
 */
export class ResumingClient {
  readonly state: ServerState = new Map();
  /** How often each task was announced as completed. */
  readonly completions = new Map<string, number>();
  /** Each event as it came, by its offset. */
  readonly events = new Map<number, string>();
  #position: StreamPosition | undefined;
  #beginning: StreamPosition | undefined;
  #socket: WebSocket | undefined;
  #isClosed = false;
  #outOfOrder = 0;
  #gaps = 0;
  #connections = 0;

  /** @param from where it begins, instead of now */
  constructor(
    private readonly balancer: Balancer,
    from?: StreamPosition,
  ) {
    this.#position = from;
    this.#beginning = from;
    void this.#stayConnected();
  }

  /** What must not happen, and how often it did; and what may. */
  get report(): { outOfOrder: number; gaps: number; connections: number } {
    return { outOfOrder: this.#outOfOrder, gaps: this.#gaps, connections: this.#connections };
  }

  /** Where it began to follow. */
  get beginning(): StreamPosition | undefined {
    return this.#beginning;
  }

  get offset(): number {
    return this.#position?.offset ?? -1;
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.terminate();
  }

  async #stayConnected(): Promise<void> {
    while (!this.#isClosed) {
      await this.#connectOnce(this.balancer.next());
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_PAUSE_MS));
    }
  }

  /** Settles when the connection has ended, however it did. */
  async #connectOnce(server: string): Promise<void> {
    const socket = new WebSocket(`${server.replace('http', 'ws')}/ws/ws`, { handshakeTimeout: 2000 });
    this.#socket = socket;
    socket.on('error', () => {
      socket.terminate();
    });
    socket.on('open', () => {
      const resume = this.#position;
      const { token } = this.balancer;
      const data = { capabilities: ['resume', 'batch'], resume, token };
      socket.send(JSON.stringify({ event: 'connect', data }));
    });
    // One frame after the other, as one of them may need the state to be loaded.
    let turn = Promise.resolve();
    let isAgreed = false;
    socket.on('message', (frame: Buffer) => {
      turn = turn.then(async () => {
        const message = v.parse(ServerEvent, JSON.parse(frame.toString()));
        if (message.event === 'connected') {
          isAgreed = true;
          await this.#begin(message.data, server).catch(() => {
            socket.terminate();
          });
        } else if (isAgreed) {
          const events = message.event === 'batch' ? message.data.events : [message];
          events.forEach((event) => {
            this.#take(v.parse(ServerEvent, event));
          });
        }
      });
    });
    await new Promise((resolve) => socket.once('close', resolve));
    await turn;
  }

  async #begin(
    { epoch, offset, recovered }: Extract<ServerEvent, { event: 'connected' }>['data'],
    server: string,
  ): Promise<void> {
    this.#connections += 1;
    if (recovered === true || epoch === undefined || offset === undefined) {
      return;
    }
    if (this.#position !== undefined) {
      this.#gaps += 1;
    }
    const state = await snapshotOf(server, this.balancer.token);
    this.state.clear();
    state.forEach((value, key) => this.state.set(key, value));
    this.#position = { epoch, offset };
    this.#beginning ??= this.#position;
  }

  #take(event: ServerEvent): void {
    if (!('id' in event) || typeof event.id !== 'number' || this.#position === undefined) {
      return;
    }
    if (event.id !== this.#position.offset + 1) {
      this.#outOfOrder += 1;
    }
    this.#position = { ...this.#position, offset: event.id };
    this.events.set(event.id, JSON.stringify(event));
    if (event.event === 'session.update') {
      const known = this.state.get(`session ${event.session_id}`);
      this.state.set(`session ${event.session_id}`, { ...known, ...event.data });
    } else if (event.event === 'task.update') {
      const { task_id: taskId, status } = event.data;
      this.state.set(`task ${taskId}`, event.data);
      if (status === 'completed') {
        this.completions.set(taskId, (this.completions.get(taskId) ?? 0) + 1);
      }
    }
  }
}
