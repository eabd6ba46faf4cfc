import { setTimeout } from 'node:timers/promises';
import type { Clients } from './clients';
import { CLIENTS } from './fan-out';
import { machineTime } from './machine-clock';
import type { RunningServer } from './stage';
import { EVENTS_PER_CHANGE } from './store-changes';

export const CHANGES_PER_SECOND = 10;
export const SECONDS = 5;

const CHANGES = CHANGES_PER_SECOND * SECONDS;

/** Times (ms) from asking for a change until a client has its event. */
export interface Latency {
  readonly median: number;
  readonly p99: number;
}

/** Has a server make changes at a fixed rate. */
export async function measureLatency(
  { dialect, port, process }: RunningServer,
  clients: Clients,
): Promise<Latency> {
  await clients.open(dialect, port, CLIENTS);
  const newest = await process.call('newest');
  await clients.expect(newest + 1, newest + CHANGES * EVENTS_PER_CHANGE, () => undefined);
  const asked: number[] = [];
  const began = machineTime();
  for (let change = 0; change < CHANGES; change += 1) {
    await setTimeout(began + (change * 1_000) / CHANGES_PER_SECOND - machineTime());
    asked.push(machineTime());
    process.tell('change');
  }
  await clients.received();
  const arrivals = await clients.arrivals();
  await clients.close();
  const latencies = arrivals
    .flatMap((times, event) =>
      times.map((time) => time - (asked[Math.floor(event / EVENTS_PER_CHANGE)] ?? 0)),
    )
    .sort((a, b) => a - b);
  return { median: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}
