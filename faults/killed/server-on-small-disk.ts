import { setTimeout } from 'node:timers/promises';
import type { Victim } from '../cluster/turmoil';
import type { SeededRandom } from '../seeded-random';
import type { RealServer } from '../servers/real-server';
import type { SmallDisk } from '../servers/small-disk';

/** Time (ms) for which the disk is full. */
const FULL_MS = [50, 400] as const;
/** Time (ms) for which there is room again before the server is killed. */
const FREE_MS = [20, 500] as const;

/**
 * A server whose disk is full in every third round before it is killed: half of the time it is killed
 * meanwhile, otherwise when there is room again.
 */
export class ServerOnSmallDisk implements Victim {
  #kills = 0;
  #fillings = 0;
  #refusals = 0;

  constructor(
    private readonly server: RealServer,
    private readonly disk: SmallDisk,
    private readonly random: SeededRandom,
  ) {}

  /** How often the disk was full, and how often a session was refused meanwhile. */
  get report(): { fillings: number; refusals: number } {
    return { fillings: this.#fillings, refusals: this.#refusals };
  }

  async kill(): Promise<void> {
    this.#kills += 1;
    if (this.#kills % 3 === 0) {
      await this.#fill();
    }
    await this.server.kill();
    this.disk.free();
  }

  start(): Promise<void> {
    return this.server.start();
  }

  async #fill(): Promise<void> {
    const { disk, random, server } = this;
    this.#fillings += 1;
    disk.fill();
    await setTimeout(random.integer(...FULL_MS));
    await server.createSession().catch(() => {
      this.#refusals += 1;
    });
    if (this.#fillings % 2 === 0) {
      disk.free();
      await setTimeout(random.integer(...FREE_MS));
    }
  }
}
