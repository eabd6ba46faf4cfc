import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two looks. */
const EVERY = 20;
/** Milliseconds after which it is taken for never. */
const LONGEST = 30_000;

/** @throws Error when it does not become true. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited = 0; !(await isSo()); waited += EVERY) {
    if (waited > LONGEST) {
      throw new Error(`Not within ${LONGEST} ms: ${isSo.toString()}`);
    }
    await pause(EVERY);
  }
}
