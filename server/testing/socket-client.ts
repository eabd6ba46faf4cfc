import { once } from 'node:events';
import { ServerEvent } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { type ClientOptions, WebSocket } from 'ws';
import { MessageRecord } from './message-record';

/** How a socket ended. */
export interface SocketEnd {
  readonly code: number;
  readonly reason: string;
}

/** A client on a real socket. Every message it receives must fit its schema. */
export class SocketClient {
  readonly messages = new MessageRecord();
  readonly closed: Promise<SocketEnd>;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        this.messages.end(new Error(`The socket was closed with ${code} ${reason.toString()}`));
        resolve({ code, reason: reason.toString() });
      });
    });
    socket.on('message', (frame: Buffer) => {
      const message: unknown = JSON.parse(frame.toString());
      this.messages.add(v.parse(ServerEvent, message));
    });
    // What went wrong shows in how the socket closes.
    socket.on('error', () => undefined);
  }

  /** @throws Error when the server refuses the socket. */
  static async open(url: string, options: ClientOptions = {}): Promise<SocketClient> {
    const socket = new WebSocket(url, options);
    const client = new SocketClient(socket);
    await once(socket, 'open');
    return client;
  }

  send(message: object): void {
    this.sendFrame(JSON.stringify(message));
  }

  sendFrame(frame: string | Buffer): void {
    this.socket.send(frame);
  }

  /** Agrees `streaming`. */
  async agreeOnStreaming(): Promise<void> {
    this.send({ event: 'connect', data: { capabilities: ['streaming'] } });
    await this.messages.next('connected');
  }

  /**
   * Waits until the server has answered everything sent before, so that what it had to say until then is here: the way to
   * see that something was not sent.
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
