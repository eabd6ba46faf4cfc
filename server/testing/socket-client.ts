import { once } from 'node:events';
import {
  type Capability,
  type Connected,
  MESSAGEPACK_SUBPROTOCOL,
  ServerEvent,
  type StreamPosition,
} from '@creative-autogpt/protocol';
import { decode, encode } from '@msgpack/msgpack';
import * as v from 'valibot';
import { type ClientOptions, WebSocket } from 'ws';
import { MessageRecord } from './message-record';

/** How a socket ended. */
export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
}

/** How a client connects. */
export interface SocketClientOptions extends ClientOptions {
  /** Whether it offers to speak MessagePack. */
  readonly messagePack?: boolean;
}

/** A client on a real socket. Every message it receives must fit its schema. */
export class SocketClient {
  /** The messages, those of a batch one by one. */
  readonly messages = new MessageRecord();
  /** What came in each frame. */
  readonly frames: ServerEvent[] = [];
  readonly closed: Promise<SocketEnd>;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.messages.end(new Error(`The socket was closed with ${code} ${reason.toString()}`));
        resolve({ code, reason: reason.toString() });
      });
    });
    socket.on('message', (frame: Buffer, isBinary) => {
      const value: unknown = isBinary ? decode(frame) : JSON.parse(frame.toString());
      const message = v.parse(ServerEvent, value);
      this.frames.push(message);
      (message.event === 'batch' ? message.data.events : [message]).forEach((single) => {
        this.messages.add(v.parse(ServerEvent, single));
      });
    });
    // What went wrong shows in how the socket closes.
    socket.on('error', () => undefined);
  }

  /** @throws Error when the server refuses the socket. */
  static async open(url: string, options: SocketClientOptions = {}): Promise<SocketClient> {
    const { messagePack = false, ...socketOptions } = options;
    const socket = new WebSocket(url, messagePack ? [MESSAGEPACK_SUBPROTOCOL] : [], socketOptions);
    const client = new SocketClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(message: object): void {
    this.sendFrame(
      this.socket.protocol === MESSAGEPACK_SUBPROTOCOL
        ? encode(message, { ignoreUndefined: true })
        : JSON.stringify(message),
    );
  }

  sendFrame(frame: string | Uint8Array): void {
    this.socket.send(frame);
  }

  /**
   * Agrees on these, resumes where a position is given, and signs in with a token. What the server said to
   * it.
   */
  async connect(
    capabilities: readonly Capability[],
    resume?: StreamPosition,
    token?: string,
  ): Promise<Connected['data']> {
    this.send({ event: 'connect', data: { capabilities, resume, token } });
    return (await this.messages.next('connected')).data;
  }

  /** The offsets of the events received, in order. */
  get offsets(): number[] {
    return this.messages.all.flatMap((message) =>
      'id' in message && typeof message.id === 'number' ? [message.id] : [],
    );
  }

  /**
   * Waits until the server has answered everything sent before, so that what it had to say until then is
   * here: the way to see that something was not sent.
   */
  async settle(): Promise<void> {
    this.send({ event: 'ping' });
    await this.messages.next('pong');
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
