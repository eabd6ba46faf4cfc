import type { FastifyInstance } from 'fastify';
import type { Engine } from './engine';

/** Time (ms) between two searches for sessions that should run and do not. */
const LOOK_INTERVAL_MS = 30_000;

/** Processes that failed by themselves, until it is stored that they did. */
export interface CrashedProcesses {
  readonly processIds: readonly string[];
  forget(processId: string): void;
}

/**
 * Has the engine take up sessions that should run and do not: when the server starts, and every 30 s. A
 * process may store that a session runs, and end before the run begins. First it is stored which processes
 * have failed in the middle of which sessions.
 */
export function keepRunning(app: FastifyInstance, engine: Engine, crashed?: CrashedProcesses): void {
  const noteCrashes = async (): Promise<void> => {
    for (const processId of crashed?.processIds ?? []) {
      app.log.error({ process: processId }, 'a process failed by itself; its last lines in the log say why');
      await engine.noteCrash(processId);
      crashed?.forget(processId);
    }
  };
  const recover = async (): Promise<void> => {
    try {
      await noteCrashes();
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
