import { from, lastValueFrom, toArray } from 'rxjs';
import { gzipBase64 } from '../../spec-support/gzip';
import type { RealtimeError } from '../realtime-error';
import { gunzip } from './gunzip';
import { inflateMessages } from './inflate-messages';

describe('inflateMessages', () => {
  it('reports a message when what inflates cannot be loaded, and loads it for the next one', async () => {
    const errors: RealtimeError[] = [];
    const failure = new TypeError('Failed to fetch dynamically imported module');
    let loads = 0;
    const load = async () => {
      loads += 1;
      if (loads === 1) {
        throw failure;
      }
      return Promise.resolve({ gunzip });
    };
    const data = await gzipBase64('1');
    const messages = from([
      { event: 'a', encoding: 'gzip', data },
      { event: 'b' },
      { event: 'c', encoding: 'gzip', data },
      { event: 'd', encoding: 'gzip', data },
    ]).pipe(
      inflateMessages(100, (error) => errors.push(error), load),
      toArray(),
    );

    expect(await lastValueFrom(messages, { defaultValue: [] })).toEqual([
      { event: 'b' },
      { event: 'c', data: 1 },
      { event: 'd', data: 1 },
    ]);
    expect(errors.map(({ code, event, cause }) => [code, event, cause])).toEqual([
      ['uninflatable-message', 'a', failure],
    ]);
    expect(loads).toBe(2);
  });
});
