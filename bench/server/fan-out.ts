import type { Clients } from './clients';
import { machineTime } from './machine-clock';
import type { RunningServer } from './stage';
import { EVENTS_PER_CHANGE } from './store-changes';

export const CLIENTS = 500;

const CHANGES = 400;
/** Changes that are under way at the same time: asked for, and their events not yet with every client. */
export const WINDOW = 64;

/** What one run of a server came to. */
export interface FanOut {
  /** Events that arrived, on all clients together, in a second. */
  readonly deliveredPerSecond: number;
  /** Processor time of the server for one of them, in ms. */
  readonly processorTime: number;
}

/** Has a server make changes as fast as all clients receive their events. */
export async function measureFanOut(
  { dialect, port, process }: RunningServer,
  clients: Clients,
): Promise<FanOut> {
  await clients.open(dialect, port, CLIENTS);
  const newest = await process.call('newest');
  let asked = 0;
  const askUpTo = (changes: number): void => {
    for (; asked < Math.min(changes, CHANGES); asked += 1) {
      process.tell('change');
    }
  };
  await clients.expect(newest + 1, newest + CHANGES * EVENTS_PER_CHANGE, (lowest) => {
    askUpTo(Math.floor((lowest - newest) / EVENTS_PER_CHANGE) + WINDOW);
  });
  const usedBefore = await process.call('processorTime');
  const began = machineTime();
  askUpTo(WINDOW);
  const ended = await clients.received();
  const used = (await process.call('processorTime')) - usedBefore;
  await clients.close();
  const deliveries = CHANGES * EVENTS_PER_CHANGE * CLIENTS;
  return { deliveredPerSecond: deliveries / ((ended - began) / 1_000), processorTime: used / deliveries };
}
