import type { FastifyInstance } from 'fastify';

/** What takes its time to close. */
interface Closable {
  close(): Promise<void>;
}

/**
 * Closes something while what `register` adds to the server closes: neither waits for the other, and the server for both.
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
