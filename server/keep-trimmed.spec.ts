import fastify, { type FastifyInstance } from 'fastify';
import { keepTrimmed } from './keep-trimmed';
import { useStore } from './store/testing/store-under-test';

const INTERVAL_MS = 10_000;

describe('keepTrimmed', () => {
  const opened = useStore();
  let app: FastifyInstance;
  let steps: { readonly made: Promise<void>; readonly counts: number[] };
  beforeEach(() => {
    jasmine.clock().install();
    app = fastify();
  });
  afterEach(async () => {
    jasmine.clock().uninstall();
    await app.close();
  });

  /** A store whose steps end like this, one after the other. */
  const trimming = (...outcomes: (boolean | Error)[]): void => {
    const counts: number[] = [];
    const made = new Promise<void>((resolve) => {
      spyOn(opened().store, 'trim').and.callFake(() => {
        const outcome = outcomes[counts.length] ?? false;
        if (counts.push(counts.length) === outcomes.length) {
          resolve();
        }
        if (outcome instanceof Error) {
          throw outcome;
        }
        return outcome;
      });
    });
    steps = { made, counts };
    keepTrimmed(app, opened().store);
  };

  it('trims in as many steps as it takes', async () => {
    trimming(true, true, false);
    jasmine.clock().tick(INTERVAL_MS);
    await steps.made;

    expect(steps.counts).toHaveSize(3);
  });

  it('tries again after a failure', async () => {
    trimming(new Error('the disk is full'), false);
    jasmine.clock().tick(INTERVAL_MS);
    // The failed round ends with the turn.
    await new Promise(setImmediate);
    jasmine.clock().tick(INTERVAL_MS);
    await steps.made;

    expect(steps.counts).toHaveSize(2);
  });

  it('ends with the server', async () => {
    trimming(false);
    await app.close();
    jasmine.clock().tick(INTERVAL_MS);

    expect(steps.counts).toEqual([]);
  });
});
