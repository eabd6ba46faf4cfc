import { readFileSync } from 'node:fs';
import { CLOSE_CODES, readRetryAfter, retryAfterReason } from '@creative-autogpt/protocol';

const PROTOCOL = new URL('../../docs/PROTOCOL.md', import.meta.url);

describe('The close codes', () => {
  it('are those that the protocol document lists', () => {
    const [, section = ''] = readFileSync(PROTOCOL, 'utf8').split('## Close codes\n');
    const rows = section.matchAll(/^\| (\d{4}(?:, \d{4})*) \|/gm);
    const listed = Array.from(rows).flatMap(([, codes = '']) => codes.split(', ').map(Number));

    expect(listed.toSorted()).toEqual(Object.values(CLOSE_CODES).toSorted());
  });

  for (const ms of [0, 5000, 60_000]) {
    it(`a reason that asks for ${ms} ms is read as it was written`, () => {
      expect(readRetryAfter(retryAfterReason(ms))).toBe(ms);
    });
  }

  for (const reason of ['', 'too slow', 'retry after', 'retry after soon', 'never retry after 5000']) {
    it(`the reason "${reason}" asks for nothing`, () => {
      expect(readRetryAfter(reason)).toBeUndefined();
    });
  }
});
