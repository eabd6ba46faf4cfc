import fastify, { type FastifyInstance } from 'fastify';
import { keepTrimmed } from './keep-trimmed';

const INTERVAL_MS = 10_000;

/** Stores whose steps of trimming end like this, one after the other. */
class TrimmedStores {
  steps = 0;
  /** Settles with the last of the steps. */
  readonly allMade: Promise<void>;
  #finish: () => void = () => undefined;

  constructor(private readonly outcomes: readonly (boolean | Error)[]) {
    this.allMade = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  trim(): Promise<boolean> {
    const outcome = this.outcomes[this.steps] ?? false;
    this.steps += 1;
    if (this.steps === this.outcomes.length) {
      this.#finish();
    }
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcome);
  }
}

describe('keepTrimmed', () => {
  let app: FastifyInstance;
  beforeEach(() => {
    jasmine.clock().install();
    app = fastify();
  });
  afterEach(async () => {
    jasmine.clock().uninstall();
    await app.close();
  });

  it('trims in as many steps as it takes', async () => {
    const stores = new TrimmedStores([true, true, false]);
    keepTrimmed(app, stores);
    jasmine.clock().tick(INTERVAL_MS);
    await stores.allMade;

    expect(stores.steps).toBe(3);
  });

  it('tries again after a failure', async () => {
    const stores = new TrimmedStores([new Error('the disk is full'), false]);
    keepTrimmed(app, stores);
    jasmine.clock().tick(INTERVAL_MS);
    // The failed round ends with the turn.
    await new Promise(setImmediate);
    jasmine.clock().tick(INTERVAL_MS);
    await stores.allMade;

    expect(stores.steps).toBe(2);
  });

  it('ends with the server', async () => {
    const stores = new TrimmedStores([false]);
    keepTrimmed(app, stores);
    await app.close();
    jasmine.clock().tick(INTERVAL_MS);

    expect(stores.steps).toBe(0);
  });
});
