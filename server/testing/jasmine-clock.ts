/**
 * Jasmine's clock takes the place of `clearTimeout`, too, and its own leaves timers running that were set
 * before it. Node's `fetch` has such timers for the connections it keeps: when a server closed one under
 * the clock, its timer ran later, found nothing, and failed a spec that had nothing to do with it
 * (nodejs/undici#4755). So timers of both kinds are cleared.
 */
const clock = jasmine.clock();
const install = clock.install.bind(clock);
const real = { clearTimeout, clearInterval };

clock.install = () => {
  install();
  const fake = { clearTimeout, clearInterval };
  globalThis.clearTimeout = (timer) => {
    real.clearTimeout(timer);
    fake.clearTimeout(timer);
  };
  globalThis.clearInterval = (timer) => {
    real.clearInterval(timer);
    fake.clearInterval(timer);
  };
  return clock;
};
