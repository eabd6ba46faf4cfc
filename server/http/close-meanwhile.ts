import type { FastifyInstance } from 'fastify';

/** What takes its time to close. */
interface Closable {
  close(): Promise<void>;
}

/**
 * Closes `closable` and what `register` adds to the server at the same time. The server is closed when both
 * are.
 */
export async function closeMeanwhile(
  app: FastifyInstance,
  closable: Closable,
  register: () => PromiseLike<unknown>,
): Promise<void> {
  let closed: Promise<void> | undefined;
  app.addHook('preClose', (done) => {
    closed = closable.close();
    // Its failure is told below.
    closed.catch(() => undefined);
    done();
  });
  await register();
  app.addHook('preClose', () => closed ?? Promise.resolve());
}
