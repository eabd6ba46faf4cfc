import { Turns } from './turns';

const PATIENCE_MS = 10_000;

describe('Turns', () => {
  let turns: Turns;
  let done: string[];
  beforeEach(() => {
    turns = new Turns(PATIENCE_MS, () => new Error('too late'));
    done = [];
  });

  const take = (name: string, what: string, until: Promise<void> = Promise.resolve()): Promise<void> =>
    turns.take(name, async () => {
      done.push(`${what} begins`);
      await until;
      done.push(`${what} ends`);
    });

  it('lets the second begin when the first has ended', async () => {
    await Promise.all([take('a', 'first'), take('a', 'second')]);

    expect(done).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('lets what concerns something else happen meanwhile', async () => {
    let finish = (): void => undefined;
    const first = take('a', 'first', new Promise<void>((resolve) => (finish = resolve)));
    await take('b', 'other');
    finish();
    await first;

    expect(done).toEqual(['first begins', 'other begins', 'other ends', 'first ends']);
  });

  it('goes on after one that failed, which fails alone', async () => {
    const failed = turns.take('a', () => Promise.reject(new Error('no')));
    const next = take('a', 'next');

    await expectAsync(failed).toBeRejectedWithError('no');
    await expectAsync(next).toBeResolved();
  });

  describe('that do not come', () => {
    let finish: () => void;
    let first: Promise<void>;
    beforeEach(async () => {
      jasmine.clock().install().mockDate(new Date());
      first = take('a', 'first', new Promise<void>((resolve) => (finish = resolve)));
      // It has its turn.
      await Promise.resolve();
    });
    afterEach(() => {
      jasmine.clock().uninstall();
    });

    it('are refused all at the same time, however many wait, and are not made up for', async () => {
      const late = [take('a', 'second'), take('a', 'third')].map((turn) =>
        expectAsync(turn).toBeRejectedWithError('too late'),
      );
      jasmine.clock().tick(PATIENCE_MS);
      await Promise.all(late);
      finish();
      await take('a', 'last');

      expect(done).toEqual(['first begins', 'first ends', 'last begins', 'last ends']);
    });

    it('do not end what has begun', async () => {
      jasmine.clock().tick(PATIENCE_MS);
      finish();

      await expectAsync(first).toBeResolved();
    });

    it('have the same patience when the clock is set', async () => {
      const told = turns.take('a', (deadline) => Promise.resolve(deadline - performance.now()));
      jasmine.clock().mockDate(new Date(0));
      finish();

      expect(await told).toBeGreaterThan(0);
      expect(await told).toBeLessThanOrEqual(PATIENCE_MS);
    });

    it('tell what has its turn how long its patience was, counted from when it was asked for', async () => {
      const now = spyOn(performance, 'now').and.returnValue(1000);
      const told = turns.take('a', (deadline) => Promise.resolve(deadline));
      now.and.returnValue(9000);
      jasmine.clock().tick(PATIENCE_MS - 1);
      finish();

      expect(await told).toBe(1000 + PATIENCE_MS);
    });
  });
});
