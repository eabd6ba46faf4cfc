import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CLOSE, FrameReader } from '../../bench/server/frame-reader';

/** What RFC 6455 takes a close frame without a code for. */
const NO_CODE = 1005;
/** Bytes of what it sent and of what it received that a client keeps. */
const KEPT = 65_536;

/** A client that says what it likes, and ends a connection only when it is told to. */
export class RawClient {
  /** Settles when the server has ended the connection, in whatever way. */
  readonly ended: Promise<void>;
  #sent = Buffer.alloc(0);
  #received = Buffer.alloc(0);
  #isOver = false;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes.subarray(0, KEPT - this.#received.length)]);
    });
    // Whatever ends it, `close` follows.
    socket.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      for (const end of ['end', 'close']) {
        socket.once(end, () => {
          this.#isOver = true;
          resolve();
        });
      }
    });
  }

  /**
   * @param from address of this machine that it connects from; of no meaning where there is only one
   * @throws Error where the server takes no connection
   */
  static async connect(port: number, from: string): Promise<RawClient> {
    const localAddress = process.platform === 'linux' ? from : undefined;
    const socket = connect({ port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  /** The first bytes that it sent. */
  get sent(): Buffer {
    return this.#sent;
  }

  /** The first bytes that the server sent. */
  get received(): Buffer {
    return this.#received;
  }

  /** Status of each answer of HTTP so far. */
  get statuses(): readonly number[] {
    const text = this.#received.toString('latin1');
    return Array.from(text.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status));
  }

  /** What came after an upgrade, as text of one byte a character. */
  get heard(): string {
    return this.#received.toString('latin1').split(/HTTP\/1\.1 101 [^]*?\r\n\r\n/)[1] ?? '';
  }

  /** Code of the close frame of the server; 1005 where that has none; undefined before it came. */
  get closeCode(): number | undefined {
    let code: number | undefined;
    new FrameReader(({ opcode, payload }) => {
      if (opcode === CLOSE) {
        code = payload.length >= 2 ? payload.readUInt16BE(0) : NO_CODE;
      }
    }).read(Buffer.from(this.heard, 'latin1'));
    return code;
  }

  /** Whether the server has ended the connection, or said by WebSocket that it does. */
  get isRefused(): boolean {
    return this.#isOver || this.closeCode !== undefined;
  }

  /** Whether the server has ended the connection. */
  get isEnded(): boolean {
    return this.#isOver;
  }

  send(bytes: string | Uint8Array): void {
    const all = Buffer.from(bytes);
    this.#sent = Buffer.concat([this.#sent, all.subarray(0, KEPT - this.#sent.length)]);
    this.socket.write(all);
  }

  /** Says that it sends no more, and goes on reading. */
  halfClose(): void {
    this.socket.end();
  }

  /** Reads no more. */
  stopReading(): void {
    this.socket.pause();
  }

  /** Whether the server ends the connection within `ms`. */
  async endsWithin(ms: number): Promise<boolean> {
    await Promise.race([this.ended, pause(ms)]);
    return this.#isOver;
  }

  /** Whether bytes of the server fit within `ms`. Asks again whenever some have come. */
  async hears(fits: (client: RawClient) => boolean, ms: number): Promise<boolean> {
    const late = AbortSignal.timeout(ms);
    while (!fits(this) && !this.#isOver && !late.aborted) {
      await Promise.race([once(this.socket, 'data', { signal: late }), this.ended]).catch(() => undefined);
    }
    return fits(this);
  }

  /** Leaves at once; settles once it is gone. */
  async leave(): Promise<void> {
    this.socket.destroy();
    if (!this.socket.closed) {
      await once(this.socket, 'close');
    }
  }
}
