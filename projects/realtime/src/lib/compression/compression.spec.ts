import * as fc from 'fast-check';
import { filter, firstValueFrom, map, merge, skip, take, toArray } from 'rxjs';
import { connectedClient } from '../../spec-support/client';
import { gzipBase64 } from '../../spec-support/gzip';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withBatches } from '../batches/with-batches';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import type { RealtimeMessage } from '../realtime-message';
import type { RealtimeService } from '../realtime-service';
import { type CompressionOptions, withCompression } from './with-compression';

async function compressed(event: string, data: unknown): Promise<object> {
  return { event, encoding: 'gzip', data: await gzipBase64(JSON.stringify(data)) };
}

describe('withCompression', () => {
  useFakeBrowser();

  function connect(options?: CompressionOptions, ...further: RealtimeExtension[]): RealtimeService {
    return connectedClient({}, [withCompression(options), ...further]);
  }

  /** The next `count` messages and errors, in the order in which they come. */
  function outcomes(realtime: RealtimeService, count: number): Promise<unknown[]> {
    return firstValueFrom(
      merge(realtime.messages, realtime.errors.pipe(map(({ code, message }) => [code, message]))).pipe(
        take(count),
        toArray(),
      ),
      { defaultValue: [] },
    );
  }

  it('gives out a compressed message as it was before', async () => {
    const next = outcomes(connect(), 1);

    lastSocket().emit({ ...(await compressed('task.update', { title: '第一章' })), session_id: 's1' });

    expect(await next).toEqual([{ event: 'task.update', session_id: 's1', data: { title: '第一章' } }]);
  });

  it('gives out in the same turn what is not compressed', () => {
    const seen: RealtimeMessage[] = [];
    connect().messages.subscribe((message) => seen.push(message));

    lastSocket().emit({ event: 'a', data: 'gzip' });

    expect(seen).toEqual([{ event: 'a', data: 'gzip' }]);
  });

  it('lets messages behind a compressed one wait', async () => {
    const next = outcomes(connect(), 4);

    lastSocket().emit({ event: 'a' });
    lastSocket().emit(await compressed('b', 1));
    lastSocket().emit({ event: 'c' });
    lastSocket().emit(await compressed('d', 2));

    expect(await next).toEqual([
      { event: 'a' },
      { event: 'b', data: 1 },
      { event: 'c' },
      { event: 'd', data: 2 },
    ]);
  });

  it('keeps the order of any mixture', async () => {
    const realtime = connect();

    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }), async (mixture) => {
        const frames = await Promise.all(
          mixture.map(async (isCompressed, data) =>
            isCompressed ? compressed('n', data) : { event: 'n', data },
          ),
        );
        const next = outcomes(realtime, frames.length);
        frames.forEach((frame) => lastSocket().emit(frame));
        expect(await next).toEqual(mixture.map((_, data) => ({ event: 'n', data })));
      }),
      { numRuns: 30 },
    );
  });

  for (const order of ['before', 'after'] as const) {
    it(`takes apart compressed batches, and batches of compressed messages, with the feature given ${order} withBatches`, async () => {
      const features = [withCompression(), withBatches()];
      const realtime = connectedClient({}, order === 'before' ? features : features.reverse());
      const next = outcomes(realtime, 3);

      lastSocket().emit(await compressed('batch', { events: [{ event: 'a' }, { event: 'b' }] }));
      lastSocket().emit({ event: 'batch', data: { events: [await compressed('c', 1)] } });

      expect(await next).toEqual([{ event: 'a' }, { event: 'b' }, { event: 'c', data: 1 }]);
    });
  }

  for (const [what, data] of [
    ['is not base64', '%%%'],
    ['is not gzip', btoa('not gzip at all')],
    ['is empty', ''],
    ['is no string', 7],
  ] as const) {
    it(`reports data that ${what}, and goes on`, async () => {
      const next = outcomes(connect(), 2);

      lastSocket().emit({ event: 'b', encoding: 'gzip', data });
      lastSocket().emit({ event: 'c' });

      expect(await next).toEqual([['uninflatable-message', jasmine.stringContaining('"b"')], { event: 'c' }]);
    });
  }

  it('reports data that breaks off', async () => {
    const next = outcomes(connect(), 1);
    const whole = await gzipBase64(JSON.stringify('x'.repeat(1_000)));

    lastSocket().emit({ event: 'b', encoding: 'gzip', data: whole.slice(0, 24) });

    expect(await next).toEqual([['uninflatable-message', jasmine.stringContaining('corrupt')]]);
  });

  it('reports compressed text that is not JSON', async () => {
    const next = outcomes(connect(), 1);

    lastSocket().emit({ event: 'b', encoding: 'gzip', data: await gzipBase64('{') });

    expect(await next).toEqual([['uninflatable-message', jasmine.stringContaining('JSON')]]);
  });

  it('reports a message that inflates beyond the limit without inflating it to its end', async () => {
    const next = outcomes(connect({ maxInflatedSize: 100_000 }), 2);
    const bomb = await gzipBase64(JSON.stringify('0'.repeat(5_000_000)));

    lastSocket().emit({ event: 'bomb', encoding: 'gzip', data: bomb });
    lastSocket().emit({ event: 'c' });

    expect(await next).toEqual([
      ['uninflatable-message', jasmine.stringContaining('more than 100000 bytes')],
      { event: 'c' },
    ]);
  });

  it('takes a message that inflates to exactly the limit', async () => {
    const next = outcomes(connect({ maxInflatedSize: 7 }), 1);

    lastSocket().emit(await compressed('b', 'exact'));

    expect(await next).toEqual([{ event: 'b', data: 'exact' }]);
  });

  it('delivers nothing of a link that has closed', async () => {
    const realtime = connect();
    const bomb = await compressed('late', 1);
    const seen: string[] = [];
    realtime.messages.subscribe(({ event }) => seen.push(event));

    lastSocket().emit(bomb);
    realtime.disconnect();
    realtime.connect();
    lastSocket().accept();
    const next = outcomes(realtime, 1);
    lastSocket().emit(await compressed('fresh', 2));
    await next;

    expect(seen).toEqual(['fresh']);
  });

  describe('in a browser without DecompressionStream', () => {
    let original: typeof DecompressionStream;

    beforeEach(() => {
      original = globalThis.DecompressionStream;
      Reflect.deleteProperty(globalThis, 'DecompressionStream');
    });

    afterEach(() => {
      globalThis.DecompressionStream = original;
    });

    it('reports each compressed message and says why', async () => {
      const next = outcomes(connect(), 3);

      lastSocket().emit(await compressed('a', 1));
      lastSocket().emit(await compressed('b', 2));
      lastSocket().emit({ event: 'c' });

      const why = jasmine.stringContaining('DecompressionStream');
      expect(await next).toEqual([
        ['uninflatable-message', why],
        ['uninflatable-message', why],
        { event: 'c' },
      ]);
    });
  });

  for (const maxInflatedSize of [0, -1, Number.NaN]) {
    it(`refuses maxInflatedSize ${maxInflatedSize}`, () => {
      expect(() => withCompression({ maxInflatedSize })).toThrowError(RangeError, /maxInflatedSize/);
    });
  }

  it('survives 10,000 malformed compressed messages, each reported', async () => {
    const realtime = connect();
    const whole = await gzipBase64(JSON.stringify({ text: 'x'.repeat(100) }));
    const brokenOff = fc.nat({ max: whole.length - 5 }).map((length) => whole.slice(0, length));
    const malformed = fc.sample(
      fc.oneof(brokenOff, fc.string(), fc.base64String(), fc.integer(), fc.constant(null)),
      { numRuns: 10_000, seed: 1 },
    );
    const last = firstValueFrom(realtime.messages.pipe(filter(({ event }) => event === 'alive')), {
      defaultValue: null,
    });
    const tenThousandth = firstValueFrom(realtime.errors.pipe(skip(9_999)), { defaultValue: null });

    malformed.forEach((data) => lastSocket().emit({ event: 'm', encoding: 'gzip', data }));
    lastSocket().emit({ event: 'alive' });

    expect((await tenThousandth)?.code).toBe('uninflatable-message');
    expect(await last).toEqual({ event: 'alive' });
    expect(realtime.status()).toBe('connected');
  });
});
