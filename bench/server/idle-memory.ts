import type { Clients } from './clients';
import type { RunningServer } from './stage';

export const CONNECTIONS = 5_000;
/** Connections that come and go before the first look, so that what is loaded on first use is loaded. */
const FIRST = 100;

/**
 * Memory that a server takes for each connection with nothing to do, in bytes. The server should be a fresh
 * one.
 */
export async function measureIdleMemory(
  { dialect, port, process }: RunningServer,
  clients: Clients,
): Promise<number> {
  await clients.open(dialect, port, FIRST);
  await clients.close();
  const before = await process.call('memory');
  await clients.open(dialect, port, CONNECTIONS);
  const after = await process.call('memory');
  await clients.close();
  return (after - before) / CONNECTIONS;
}
