import { tick } from './client';
import { FakeWebSocket } from './fake-web-socket';

/** Milliseconds from a message to the server's answer. */
const ROUND_TRIP = 100;

/** A server that acknowledges requests, and closes the link over the messages of some events. */
export class ObjectingServer {
  /** Events it was sent, as it read them. */
  readonly heard: string[] = [];
  readonly #read = new Map<FakeWebSocket, number>();

  /**
   * @param closeCodes the code with which it closes the link, by event
   * @param silent events that it does not acknowledge
   */
  constructor(
    readonly closeCodes: Readonly<Record<string, number>>,
    private readonly silent: readonly string[] = [],
  ) {}

  /** Serves for a while. `settle` lets other tabs do their part. */
  async serve(milliseconds: number, settle?: () => Promise<void>): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += ROUND_TRIP) {
      tick(ROUND_TRIP);
      await settle?.();
      for (const socket of FakeWebSocket.sockets) {
        this.#answer(socket);
      }
      await settle?.();
    }
  }

  #answer(socket: FakeWebSocket): void {
    if (socket.readyState === FakeWebSocket.CONNECTING) {
      socket.accept();
    }
    const begun = this.#read.get(socket) ?? 0;
    const messages = socket.sentMessages.slice(begun);
    this.#read.set(socket, begun + messages.length);
    for (const { event, id } of messages) {
      const closeCode = this.closeCodes[event];
      if (socket.readyState !== FakeWebSocket.OPEN) {
        return;
      }
      if (event === 'connect') {
        socket.emit({ event: 'connected', data: { client_id: 'c1', capabilities: ['commands'] } });
        continue;
      }
      this.heard.push(event);
      if (closeCode !== undefined) {
        socket.endWith(closeCode);
      } else if (id !== undefined && !this.silent.includes(event)) {
        socket.emit({ event: 'ack', data: { id, ok: true } });
      }
    }
  }
}
