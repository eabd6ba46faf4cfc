import type { ClientCalls } from './client-calls';
import { CountingClient } from './counting-client';
import { DIALECTS } from './dialects';
import { answerCalls, tellNews } from './linked-process';
import { machineTime } from './machine-clock';
import { ReadingCache } from './reading-cache';

/** Clients that connect at the same time. */
const CONNECTING = 32;
/** Connections from one address: fewer than a system has ports for. */
const PER_ADDRESS = 1_000;
/** Time (ms) between two looks at how far the clients have come. */
const LOOK_MS = 2;

/** Waits for all events on all clients. */
class Reception {
  readonly done: Promise<number>;
  /** By event, when it came to each client. */
  readonly arrivals: number[][];
  #finish: (at: number) => void = () => undefined;
  #fail: (fault: Error) => void = () => undefined;
  #unfinished: number;

  constructor(
    private readonly clients: readonly CountingClient[],
    { first, last }: { first: number; last: number },
  ) {
    this.arrivals = Array.from({ length: last - first + 1 }, () => []);
    this.#unfinished = clients.length;
    this.done = new Promise((resolve, reject) => {
      this.#finish = resolve;
      this.#fail = reject;
    });
    // A fault may come before anybody asks.
    this.done.catch(() => undefined);
    clients.forEach((client) => {
      client.position = first - 1;
      client.onFault = this.#fail;
      client.onEvents = (from) => {
        const now = machineTime();
        for (let event = from; event <= client.position; event += 1) {
          this.arrivals[event - first]?.push(now);
        }
        if (client.position > last) {
          this.#fail(new Error(`A client received event ${client.position}, which nobody sent.`));
        } else if (client.position === last) {
          this.#finishOne(now);
        }
      };
    });
  }

  /** Number of the event that every client has. */
  get lowest(): number {
    return this.clients.reduce((lowest, { position }) => Math.min(lowest, position), Infinity);
  }

  #finishOne(now: number): void {
    this.#unfinished -= 1;
    if (this.#unfinished === 0) {
      this.#finish(now);
    }
  }
}

let clients: CountingClient[] = [];
let reception = new Reception([], { first: 1, last: 0 });

answerCalls<ClientCalls>({
  open: async ({ dialect: name, port, clients: count }) => {
    const dialect = DIALECTS[name];
    const cache = new ReadingCache(dialect);
    while (clients.length < count) {
      const from = clients.length;
      const opening = Array.from({ length: Math.min(CONNECTING, count - from) }, (_, index) =>
        CountingClient.open({ port, localAddress: localAddress(from + index) }, dialect, cache),
      );
      clients.push(...(await Promise.all(opening)));
    }
  },
  expect: (range) => {
    const current = new Reception(clients, range);
    reception = current;
    let told = range.first - 1;
    const look = setInterval(() => {
      const { lowest } = current;
      if (lowest > told) {
        told = lowest;
        tellNews(lowest);
      }
    }, LOOK_MS);
    current.done.catch(() => undefined).finally(() => clearInterval(look));
  },
  received: () => reception.done,
  arrivals: () => reception.arrivals,
  close: () => {
    clients.forEach((client) => {
      client.close();
    });
    clients = [];
  },
});

/** Only Linux has every address of 127.0.0.0/8. */
function localAddress(client: number): string | undefined {
  return process.platform === 'linux' ? `127.0.0.${2 + Math.floor(client / PER_ADDRESS)}` : undefined;
}
