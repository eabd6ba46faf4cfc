import type { FastifyInstance } from 'fastify';
import type { Engine } from './engine';

/** Time (ms) between two searches for sessions that should run and do not. */
const LOOK_INTERVAL_MS = 30_000;

/**
 * Has the engine take up sessions that should run and do not: when the server starts, and every 30 s. A
 * process may store that a session runs, and end before the run begins.
 */
export function keepRunning(app: FastifyInstance, engine: Engine): void {
  const recover = async (): Promise<void> => {
    try {
      await engine.recover();
    } catch (error) {
      app.log.error({ err: error }, 'the sessions that should run could not be looked for');
    }
  };
  const looks = setInterval(() => void recover(), LOOK_INTERVAL_MS);
  looks.unref();
  app.addHook('onListen', recover);
  app.addHook('onClose', () => {
    clearInterval(looks);
  });
}
