import { setTimeout } from 'node:timers/promises';

/** Processor time of this process, in ms. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Memory of this process (RSS, bytes) after its garbage was collected. */
export async function collectedMemory(): Promise<number> {
  for (let time = 0; time < 6; time += 1) {
    globalThis.gc?.();
    // What has a finalizer is freed in a later turn, and the allocator gives pages back a little later.
    await setTimeout(250);
  }
  return process.memoryUsage.rss();
}
