import timers from 'node:timers';
import { setTimeout as delay } from 'node:timers/promises';

describe("jasmine's clock", () => {
  it('lets timers be cleared that were set before it', async () => {
    const fired = jasmine.createSpy('fired');
    const timer = timers.setTimeout(fired, 1);
    const interval = timers.setInterval(fired, 1);

    jasmine.clock().install();
    clearTimeout(timer);
    clearInterval(interval);
    jasmine.clock().uninstall();
    await delay(2); // Node runs timers in the order of their times: those of 1 ms would have come first.

    expect(fired).not.toHaveBeenCalled();
  });

  it('lets its own timers be cleared', () => {
    const fired = jasmine.createSpy('fired');

    jasmine.clock().install();
    clearTimeout(globalThis.setTimeout(fired, 1));
    clearInterval(globalThis.setInterval(fired, 1));
    jasmine.clock().tick(1);
    jasmine.clock().uninstall();

    expect(fired).not.toHaveBeenCalled();
  });
});
