import { promisify } from 'node:util';
import type { TestServer } from './test-server';

/** Settles when the server has no socket and no connection left. */
export async function everybodyGone({ app }: TestServer): Promise<void> {
  const { server } = app;
  const countConnections = promisify<number>((done) => {
    server.getConnections(done);
  });
  while (app.websocketServer.clients.size > 0 || (await countConnections()) > 0) {
    await new Promise(setImmediate);
  }
}
