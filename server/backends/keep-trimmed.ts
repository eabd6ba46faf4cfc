import { setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Stores } from '../ports/store';

/** Time (ms) between two trims. */
const TRIM_INTERVAL_MS = 10_000;

/**
 * Trims the stores again and again, while the app is open. A trim is made of small steps; requests are served
 * between two of them.
 */
export function keepTrimmed(app: FastifyInstance, stores: Pick<Stores, 'trim'>): void {
  let isOpen = true;
  let isTrimming = false;
  const trim = async (): Promise<void> => {
    if (isTrimming) {
      return;
    }
    isTrimming = true;
    try {
      while (isOpen && (await stores.trim())) {
        await setImmediate();
      }
    } catch (error) {
      app.log.error({ err: error }, 'the journal could not be trimmed');
    }
    isTrimming = false;
  };
  const trims = setInterval(() => void trim(), TRIM_INTERVAL_MS);
  trims.unref();
  app.addHook('onClose', () => {
    isOpen = false;
    clearInterval(trims);
  });
}
