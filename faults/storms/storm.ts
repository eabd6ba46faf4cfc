import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../network/fault';
import type { FaultProxy } from '../network/fault-proxy';
import type { KillableServer } from '../servers/killable-server';

/**
 * Lets the faults happen one after the other, to all proxies at the same time.
 *
 * @param before called at the moment before each fault
 */
export async function storm(
  faults: readonly Fault[],
  server: KillableServer,
  proxies: readonly FaultProxy[],
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const fault of faults) {
    await pause(fault.after);
    await before();
    if (fault.kind === 'kill') {
      await server.kill();
      await pause(fault.lasts / 4);
      await server.start();
    } else {
      await Promise.all(proxies.map((proxy) => proxy.suffer(fault)));
    }
  }
}
