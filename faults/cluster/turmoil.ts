import { setTimeout } from 'node:timers/promises';
import type { SeededRandom } from '../seeded-random';
import type { RealServer } from '../servers/real-server';

/** Time (ms) between two kills, and until what was killed is there again. */
const PAUSE_MS = [1000, 3000] as const;
const DOWN_MS = [100, 1500] as const;

const SESSION_EVERY_MS = 1000;

/** What can be killed. */
export interface Victim {
  kill(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Kills one after the other, and starts each again after a while.
 *
 * @param end time (ms since the epoch) after which nothing is killed any more
 * @returns how often something was killed
 */
export async function killInTurn(
  victims: readonly Victim[],
  random: SeededRandom,
  end: number,
): Promise<number> {
  let kills = 0;
  while (Date.now() < end) {
    const victim = victims[kills % victims.length];
    await victim?.kill();
    await setTimeout(random.integer(...DOWN_MS));
    await victim?.start();
    kills += 1;
    await setTimeout(random.integer(...PAUSE_MS));
  }
  return kills;
}

/** Starts a session a second at whichever server takes it. @returns the ids of those that were started for sure */
export async function startSessions(servers: readonly RealServer[], end: number): Promise<string[]> {
  const started: string[] = [];
  for (let count = 0; Date.now() < end; count += 1) {
    const server = servers[count % servers.length];
    try {
      const id = await server?.createSession();
      if (id !== undefined) {
        await server?.startSession(id);
        started.push(id);
      }
    } catch {
      // It was just killed: another session goes to the next.
    }
    await setTimeout(SESSION_EVERY_MS);
  }
  return started;
}
