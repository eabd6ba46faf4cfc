import { setTimeout } from 'node:timers/promises';
import type { SeededRandom } from '../seeded-random';
import type { RealServer } from '../servers/real-server';

/** What can be killed. */
export interface Victim {
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Shortest and longest time (ms) between two kills, and until what was killed is there again. */
export interface KillTimes {
  readonly upMs: readonly [number, number];
  readonly downMs: readonly [number, number];
}

/**
 * Kills one after the other, and starts each again after a while.
 *
 * @param isEnough is asked after each time
 */
export async function killInTurn(
  victims: readonly Victim[],
  random: SeededRandom,
  { upMs, downMs }: KillTimes,
  isEnough: () => boolean,
): Promise<void> {
  for (let kill = 0; ; kill += 1) {
    const victim = victims[kill % victims.length];
    await setTimeout(random.integer(...upMs));
    await victim?.kill();
    await setTimeout(random.integer(...downMs));
    await victim?.start();
    if (isEnough()) {
      return;
    }
  }
}

/**
 * Starts one session after the other, at whichever server takes it.
 *
 * @returns the ids of those that were started for sure
 */
export async function startSessions(
  servers: readonly RealServer[],
  everyMs: number,
  isEnough: () => boolean,
): Promise<string[]> {
  const started: string[] = [];
  for (let count = 0; !isEnough(); count += 1) {
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
    await setTimeout(everyMs);
  }
  return started;
}
