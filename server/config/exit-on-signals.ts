import type { FastifyInstance } from 'fastify';

/** What is closed after the server. */
interface Closable {
  close(): void | Promise<void>;
}

/** Time (ms) for the server to close before the process ends regardless: no published event can be lost. */
const CLOSING_TIME_MS = 5000;

/** The last comes when the terminal closes that the server was started in. */
const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Closes the server, then what it stands on, when the process is asked to end; asked again, it ends at once.
 */
export function exitOnSignals(app: FastifyInstance, backend: Closable): void {
  let isClosing = false;
  const exit = (): void => {
    if (isClosing) {
      process.exit(1);
    }
    isClosing = true;
    setTimeout(() => {
      app.log.error('the server did not close in time');
      process.exit(1);
    }, CLOSING_TIME_MS).unref();
    void close(app, backend).then((exitCode) => process.exit(exitCode));
  };
  for (const signal of ENDING_SIGNALS) {
    process.on(signal, exit);
  }
}

async function close(app: FastifyInstance, backend: Closable): Promise<number> {
  try {
    await app.close();
    await backend.close();
    return 0;
  } catch (error) {
    app.log.error({ err: error }, 'the server did not close cleanly');
    return 1;
  }
}
