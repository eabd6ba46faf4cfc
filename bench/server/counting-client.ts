import { BareSocket, type Address } from './bare-socket';
import type { Dialect, Reading } from './dialects';
import type { ReceivedFrame } from './frame-reader';
import type { ReadingCache } from './reading-cache';

/** A client that accepts each event once and in order, and nothing else. */
export class CountingClient {
  /** Number of the last event. */
  position = 0;
  /** Is called with the first number of those that came together. */
  onEvents: (first: number) => void = () => undefined;
  onFault: (fault: Error) => void = () => undefined;
  #onWelcome: () => void = () => undefined;

  private constructor(
    private readonly socket: BareSocket,
    private readonly cache: ReadingCache,
  ) {}

  /** Settles once the server's events will arrive. */
  static async open(
    address: Omit<Address, 'path'>,
    dialect: Dialect,
    cache: ReadingCache,
  ): Promise<CountingClient> {
    const socket = await BareSocket.open({ ...address, path: dialect.path });
    const client = new CountingClient(socket, cache);
    await new Promise<void>((resolve, reject) => {
      client.#onWelcome = resolve;
      client.onFault = reject;
      socket.listen(
        (frame) => {
          client.#take(frame);
        },
        (reason) => {
          client.onFault(reason);
        },
      );
      if (dialect.greeting !== undefined) {
        socket.send(dialect.greeting);
      }
    });
    return client;
  }

  close(): void {
    this.socket.close();
  }

  #take(frame: ReceivedFrame): void {
    const { isWelcome, answer, events }: Reading = this.cache.read(frame, this.position);
    if (isWelcome) {
      this.#onWelcome();
    }
    if (answer !== undefined) {
      this.socket.send(answer);
    }
    const [first] = events ?? [];
    if (events === undefined || first === undefined) {
      return;
    }
    for (const [index, event] of events.entries()) {
      if (event !== this.position + 1 + index) {
        this.onFault(new Error(`A client received event ${event} instead of ${this.position + 1 + index}.`));
        return;
      }
    }
    this.position += events.length;
    this.onEvents(first);
  }
}
