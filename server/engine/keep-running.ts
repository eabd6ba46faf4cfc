import type { FastifyInstance } from 'fastify';
import type { Engine } from './engine';

/** Time (ms) between two times at which it is looked for sessions that should run and do not. */
const LOOK_INTERVAL_MS = 30_000;

/**
 * Has the engine take up what is to be run: at the start, and from time to time, in case a process ended between storing that
 * a session is to run and having it run.
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
