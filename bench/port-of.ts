import type { Server } from 'node:http';

/** The port of a server that listens on one. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server listens on no port.');
  }
  return address.port;
}
