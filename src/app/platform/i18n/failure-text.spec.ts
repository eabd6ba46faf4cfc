import { ERROR_CODES, FAILURE_CODES, REST_ERROR_CODES } from '@creative-autogpt/protocol';
import { RestFailure, toRestFailure } from '../rest/rest-failure';
import { HttpErrorResponse } from '@angular/common/http';
import { codeText, failureText, failureWords, writingFailure } from './failure-text';
import type { Translate } from './translate';

describe('the words for a failure', () => {
  const t: Translate = (key) => key;

  for (const code of new Set<string>([...ERROR_CODES, ...REST_ERROR_CODES, ...FAILURE_CODES])) {
    it(`know the code ${code}`, () => {
      expect(codeText(code, t)).toMatch(/^errors\./);
    });
  }

  it('are told by the code that the server names, and what it said is a detail', () => {
    const failure = toRestFailure(
      new HttpErrorResponse({ status: 409, error: { detail: 'Too many.', code: 'limit_reached' } }),
    );

    expect(failureWords(failure, t)).toEqual({ text: 'errors.limitReached', details: 'Too many.' });
  });

  for (const [status, text] of [
    [0, 'errors.offline'],
    [200, 'errors.notUnderstood'],
    [404, 'errors.notFound'],
    [409, 'errors.invalidState'],
    [418, 'errors.refused'],
    [502, 'errors.server'],
    [503, 'errors.unavailable'],
  ] as const) {
    it(`are ${text} for status ${String(status)} without a code`, () => {
      expect(failureText(new RestFailure(status, 'x'), t)).toBe(text);
    });
  }

  it('are general for a code they do not know', () => {
    expect(failureWords(new RestFailure(400, 'Blue moon.', 'moonstruck'), t)).toEqual({
      text: 'errors.refused',
      details: 'Blue moon.',
    });
    expect(writingFailure({ error: 'Blue moon.', error_code: 'constructor' }, t)?.text).toBe(
      'errors.writing',
    );
  });

  it('have no details where the server was not reached', () => {
    expect(failureWords(new RestFailure(0, 'Http failure'), t).details).toBeNull();
  });

  it('are none for a task that has no error', () => {
    expect(writingFailure({ error: null, error_code: null }, t)).toBeNull();
  });
});
