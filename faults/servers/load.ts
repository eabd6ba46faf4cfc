import type { EventLog } from './event-log';

/** Events a second. */
const RATE = 200;
/** Milliseconds between two looks at how many are due. */
const EVERY = 20;

/**
 * Writes events into the journal at a steady rate, however late its timer is, until the returned function is
 * called.
 */
export function writeSteadily(log: EventLog): () => void {
  const began = performance.now();
  let written = 0;
  const timer = setInterval(() => {
    for (; written < ((performance.now() - began) / 1_000) * RATE; written += 1) {
      log.write();
    }
  }, EVERY);
  return () => clearInterval(timer);
}
