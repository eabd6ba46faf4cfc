import { countCheck, countJasmine, countKarma, countPlaywright, total } from './test-counts.mjs';

describe('counting tests', () => {
  it('counts a check as one test', () => {
    expect(countCheck(0)).toEqual({ passed: 1, failed: 0, failures: [] });
    expect(countCheck(2)).toEqual({ passed: 0, failed: 1, failures: [] });
  });

  it('takes the last line karma wrote', () => {
    const output = [
      'Chrome Headless 130 (Linux): Executed 1 of 3 SUCCESS (0 secs / 0.01 secs)',
      'Chrome Headless 130 (Linux): Executed 3 of 3 SUCCESS (0.2 secs / 0.01 secs)',
    ].join('\n');
    expect(countKarma(output, 0)).toEqual({ passed: 3, failed: 0, failures: [] });
  });

  it('takes the failed and leaves out the skipped of karma', () => {
    const output =
      'Chrome Headless 130 (Linux): Executed 11 of 12 (2 FAILED) (skipped 1) (0.2 secs / 0.01 secs)';
    expect(countKarma(output, 1)).toEqual({ passed: 9, failed: 2, failures: [] });
  });

  it('reads the summary of jasmine', () => {
    expect(countJasmine('12 specs, 0 failures\nFinished in 1 second', 0)).toEqual({
      passed: 12,
      failed: 0,
      failures: [],
    });
    expect(countJasmine('1 spec, 1 failure', 3)).toEqual({ passed: 0, failed: 1, failures: [] });
  });

  it('leaves out the pending of jasmine', () => {
    expect(countJasmine('12 specs, 1 failure, 2 pending specs', 3)).toEqual({
      passed: 9,
      failed: 1,
      failures: [],
    });
  });

  it('adds up the summary of Playwright', () => {
    const output =
      '  2 failed\n    [a] › b.spec.ts:1:1 › 7 passed\n  1 flaky\n  3 did not run\n  14 passed (1.2m)\n';
    expect(countPlaywright(output, 1)).toEqual({ passed: 14, failed: 6, failures: [] });
  });

  it('takes the names of failed specs from karma', () => {
    const output = [
      '....Chrome Headless 130 (Linux 0.0.0): Executed 4 of 5 SUCCESS (0 secs / 0.01 secs)',
      'Chrome Headless 130 (Linux 0.0.0) sums (of two) add up FAILED',
      '\tError: 2 FAILED',
      'Chrome Headless 130 (Linux 0.0.0): Executed 5 of 5 (1 FAILED) (0.2 secs / 0.01 secs)',
    ].join('\n');
    expect(countKarma(output, 1).failures).toEqual(['sums (of two) add up']);
  });

  it('takes the names of failed specs from karma in Firefox', () => {
    const output = [
      'Firefox 153.0 (Linux 0.0.0) sums add up FAILED',
      'Firefox 153.0 (Linux 0.0.0): Executed 5 of 5 (1 FAILED) (0.2 secs / 0.01 secs)',
    ].join('\n');
    expect(countKarma(output, 1)).toEqual({ passed: 4, failed: 1, failures: ['sums add up'] });
  });

  it('takes the names of failed specs from jasmine', () => {
    const output =
      '1) not a failure\nFailures:\n1) sums add up\n  Message:\n2) sums end\n\n5 specs, 2 failures';
    expect(countJasmine(output, 3).failures).toEqual(['sums add up', 'sums end']);
  });

  it('takes the names of failed tests from Playwright', () => {
    const output = '  1) e2e/sums.spec.ts:3:1 › sums › add up ─────\n\n    Error: no\n\n  1 failed\n';
    expect(countPlaywright(output, 1).failures).toEqual(['e2e/sums.spec.ts:3:1 › sums › add up']);
  });

  it('adds up parts', () => {
    const part = { passed: 3, failed: 1, failures: ['sums add up'] };
    expect(total([part, countCheck(0), part])).toEqual({
      passed: 7,
      failed: 2,
      failures: ['sums add up', 'sums add up'],
    });
  });

  for (const count of [countKarma, countJasmine, countPlaywright]) {
    it(`${count.name} counts a suite that ran nothing as failed`, () => {
      expect(count('', 0)).toEqual({ passed: 0, failed: 1, failures: [] });
    });
  }

  it('counts a suite that crashed after its tests as failed', () => {
    expect(countJasmine('12 specs, 0 failures', 1)).toEqual({ passed: 12, failed: 1, failures: [] });
  });
});
