import { RunSuperseded } from './run-superseded';
import { WorkUnderTest } from '../testing/work-under-test';

describe('A run', () => {
  let test: WorkUnderTest;
  beforeEach(() => {
    test = WorkUnderTest.planned();
    test.change((work) => {
      work.start();
    });
  });

  const launchAgain = (): void => {
    test.change((work) => {
      work.pause();
      work.resume();
    });
  };

  const claim = (): number => test.change((work) => work.claimRun(work.launch ?? -1, 'process-1'));
  const mustBe = (run: number) => () => {
    test.change((work) => {
      work.mustBeRun(run);
    });
  };

  it('may go on until something ends it', () => {
    const run = claim();

    expect(mustBe(run)).not.toThrow();
  });

  it('of a launch that was followed by another is not begun', () => {
    const stale = test.change((work) => work.launch ?? -1);
    launchAgain();

    expect(() => test.change((work) => work.claimRun(stale, 'process-1'))).toThrowError(RunSuperseded);
  });

  it('is over when another one claims the session', () => {
    const earlier = claim();
    const later = claim();

    expect(mustBe(earlier)).toThrowError(RunSuperseded);
    expect(mustBe(later)).not.toThrow();
  });

  it('is over when the session is launched again', () => {
    const run = claim();
    launchAgain();

    expect(mustBe(run)).toThrowError(RunSuperseded);
  });

  it('is over when the session does not run any more, and stays so when it runs again', () => {
    const run = claim();
    test.change((work) => {
      work.pause();
    });

    expect(mustBe(run)).toThrowError(RunSuperseded);
    test.change((work) => {
      work.resume();
    });

    expect(mustBe(run)).toThrowError(RunSuperseded);
  });

  it('does not begin in a session that does not run', () => {
    test.change((work) => {
      work.stop();
    });

    expect(claim).toThrowError(RunSuperseded);
  });

  it('is said to be over by a change that ends it, and by no other', () => {
    claim();
    test.change((work) => work.rename('潮汐之下'));
    const byName = test.changes.endsRun;
    test.change((work) => {
      work.pause();
    });

    expect([byName, test.changes.endsRun]).toEqual([false, true]);
  });

  it('is launched under a name of its own each time', () => {
    const first = test.change((work) => work.launch);
    launchAgain();

    expect(test.change((work) => work.launch)).not.toBe(first);
  });

  it('keeps the name of its launch while it writes', () => {
    const launched = test.change((work) => work.launch);
    claim();
    test.change((work) => work.begin(test.firstId, { retry: false, rewrite: false }));

    expect(test.change((work) => work.launch)).toBe(launched);
  });

  it('tells nobody anything by itself', () => {
    claim();

    expect(test.events).toEqual([]);
  });
});
