import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { constants, deflateRawSync } from 'node:zlib';
import {
  CLOSE,
  COMPRESSED,
  DEFLATE_TAIL,
  FrameReader,
  PING,
  PONG,
  type ReceivedFrame,
  TEXT,
} from './frame-reader';

/** The server's side of a connection. */
export interface Address {
  readonly port: number;
  readonly path: string;
  /** Address of this machine that the client connects from. */
  readonly localAddress?: string | undefined;
}

/**
 * A WebSocket that does the least a client must, so that many of them cost little. It compresses what it sends
 * where the server agrees to that, as browsers do.
 */
export class BareSocket {
  private constructor(
    private readonly socket: Socket,
    private readonly canCompress: boolean,
  ) {}

  /** What came since the socket opened has waited for this. */
  listen(onMessage: (frame: ReceivedFrame) => void, onLost: (reason: Error) => void): void {
    const { socket } = this;
    const reader = new FrameReader((frame) => {
      if (frame.opcode === PING) {
        this.#write(PONG, frame.payload);
      } else if (frame.opcode === CLOSE) {
        onLost(new Error(`The server closed a client: ${frame.payload.toString('hex')}.`));
      } else {
        onMessage(frame);
      }
    });
    socket.on('data', (chunk: Buffer) => {
      reader.read(chunk);
    });
    socket.on('error', onLost);
    socket.resume();
    socket.on('close', () => {
      onLost(new Error('The server ended a connection.'));
    });
  }

  /** Reads nothing, and so is ended by the server in the end: this is noticed when it sends something after that. */
  readNothing(onLost: () => void): void {
    // After an error, `close` comes, too.
    this.socket.on('error', () => undefined);
    this.socket.on('close', onLost);
  }

  static open({ port, path, localAddress }: Address): Promise<BareSocket> {
    return new Promise((resolve, reject) => {
      const upgrade = request({
        host: '127.0.0.1',
        port,
        path,
        localAddress,
        agent: false,
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': randomBytes(16).toString('base64'),
          'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
        },
      });
      upgrade.on('upgrade', ({ headers }, socket: Socket, head) => {
        socket.pause();
        socket.unshift(head);
        socket.setNoDelay();
        resolve(new BareSocket(socket, headers['sec-websocket-extensions']?.includes('deflate') ?? false));
      });
      upgrade.on('response', ({ statusCode }) => {
        reject(new Error(`The server answers an upgrade with ${statusCode}.`));
      });
      upgrade.on('error', reject);
      upgrade.end();
    });
  }

  send(message: string): void {
    const payload = Buffer.from(message);
    if (this.canCompress) {
      const compressed = deflateRawSync(payload, { finishFlush: constants.Z_SYNC_FLUSH });
      this.#write(TEXT | COMPRESSED, compressed.subarray(0, -DEFLATE_TAIL.length));
    } else {
      this.#write(TEXT, payload);
    }
  }

  close(): void {
    this.socket.removeAllListeners('close').destroy();
  }

  /** A client's frame is masked; with zeros, it reads the same. */
  #write(opcode: number, payload: Buffer): void {
    const length =
      payload.length < 126
        ? [0x80 | payload.length]
        : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...length, 0, 0, 0, 0]), payload]));
  }
}
