import type { ClientCalls } from './client-calls';
import type { DialectName } from './dialects';
import type { LinkedProcess } from './linked-process';

/** Time (ms) after which what has not come counts as lost. */
const PATIENCE_MS = 120_000;

/** The clients of one server, in several processes. */
export class Clients {
  #lowest: number[] = [];

  constructor(private readonly processes: readonly LinkedProcess<ClientCalls>[]) {}

  async open(dialect: DialectName, port: number, count: number): Promise<void> {
    const clients = count / this.processes.length;
    await Promise.all(this.processes.map((each) => each.call('open', { dialect, port, clients })));
  }

  /** @param onProgress is given the number of the event that every client has, whenever that changes */
  async expect(first: number, last: number, onProgress: (lowest: number) => void): Promise<void> {
    this.#lowest = this.processes.map(() => first - 1);
    this.processes.forEach((each, index) => {
      each.onNews = (lowest) => {
        this.#lowest[index] = lowest;
        onProgress(Math.min(...this.#lowest));
      };
    });
    await Promise.all(this.processes.map((each) => each.call('expect', { first, last })));
  }

  /**
   * Settles with the time at which every client has everything; rejects when something was lost, doubled or
   * out of order.
   */
  async received(): Promise<number> {
    let onLate: () => void = () => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      onLate = () => reject(new Error('Not every client received every event.'));
    });
    const timer = setTimeout(onLate, PATIENCE_MS);
    const received = Promise.all(this.processes.map((each) => each.call('received')));
    const times = await Promise.race([received, late]);
    clearTimeout(timer);
    return Math.max(...times);
  }

  /** By event, when it came to each client. */
  async arrivals(): Promise<readonly (readonly number[])[]> {
    const all = await Promise.all(this.processes.map((each) => each.call('arrivals')));
    return (all[0] ?? []).map((_, event) => all.flatMap((arrivals) => arrivals[event] ?? []));
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((each) => each.call('close')));
  }
}
