import { MessagePace } from './message-pace';

describe('MessagePace', () => {
  let now: number;
  let pace: MessagePace;

  beforeEach(() => {
    now = 1000;
    spyOn(performance, 'now').and.callFake(() => now);
    pace = new MessagePace();
  });

  const next = (count: number): number[] => Array.from({ length: count }, () => pace.next());

  it('lets 200 messages pass at once', () => {
    expect(Math.max(...next(200))).toBe(0);
  });

  it('has those after them wait, 10 ms more each', () => {
    next(200);

    expect(next(3)).toEqual([10, 20, 30]);
  });

  it('lets 100 a second pass in the long run', () => {
    next(200);
    let served = 0;
    for (let second = 0; second < 10; second += 1) {
      now += 1000;
      for (; pace.next() <= 0; served += 1);
      // The one that would have had to wait is served at the beginning of the next second.
      served += 1;
    }

    expect(served).toBeGreaterThanOrEqual(1000);
    expect(served).toBeLessThanOrEqual(1001);
  });

  it('saves no more than 200 for later', () => {
    now += 3_600_000;
    next(200);

    expect(pace.next()).toBe(10);
  });

  it('counts a message that was waited for like any other', async () => {
    next(200);
    now += 10;
    await pace.wait();

    expect(pace.next()).toBeCloseTo(10);
  });
});
