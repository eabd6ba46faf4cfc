import { TestBed } from '@angular/core/testing';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { tap } from 'rxjs';
import * as v from 'valibot';
import { settled } from '../../spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { provideRealtime } from '../provide-realtime';
import type { RealtimeError } from '../realtime-error';
import { RealtimeService } from '../realtime-service';
import { defineEvent } from './event-definition';

const counted = defineEvent(
  'counted',
  v.looseObject({ event: v.literal('counted'), data: v.looseObject({ count: v.number() }) }),
);

describe('events', () => {
  useFakeBrowser();

  let realtime: RealtimeService;
  let errors: RealtimeError[];

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideRealtime({ url: 'ws://server.test/' })] });
    realtime = TestBed.inject(RealtimeService);
    errors = [];
    realtime.errors.subscribe((error) => errors.push(error));
    realtime.connect();
    lastSocket().accept();
  });

  function emitCount(count: unknown): void {
    lastSocket().emit({ event: 'counted', data: { count } });
  }

  describe('on', () => {
    it('emits the messages of its event alone', () => {
      const counts: number[] = [];
      realtime.on(counted).subscribe(({ data }) => counts.push(data.count));

      emitCount(1);
      lastSocket().emit({ event: 'other', data: { count: 2 } });

      expect(counts).toEqual([1]);
    });

    it('keeps fields that the schema does not name', () => {
      const seen: unknown[] = [];
      realtime.on(counted).subscribe((message) => seen.push(message['later']));

      lastSocket().emit({ event: 'counted', later: true, data: { count: 1 } });

      expect(seen).toEqual([true]);
    });

    it('keeps an invalid message from subscribers, names the field, and goes on', () => {
      const counts: number[] = [];
      realtime.on(counted).subscribe(({ data }) => counts.push(data.count));

      emitCount('many');
      emitCount(2);

      expect(counts).toEqual([2]);
      expect(errors).toEqual([
        jasmine.objectContaining({
          code: 'invalid-message',
          event: 'counted',
          message: jasmine.stringContaining('data.count'),
        }),
      ]);
    });

    it('validates a message once for all subscribers', () => {
      realtime.on(counted).subscribe();
      realtime.on(counted).subscribe();

      emitCount('many');

      expect(errors.length).toBe(1);
    });

    it('goes on for the others when one unsubscribes', () => {
      const counts: number[] = [];
      const first = realtime.on(counted).subscribe();
      realtime.on(counted).subscribe(({ data }) => counts.push(data.count));

      first.unsubscribe();
      emitCount(1);

      expect(counts).toEqual([1]);
    });

    it('passes every message of an event without a schema', () => {
      const seen: unknown[] = [];
      realtime.on(defineEvent('free')).subscribe(({ data }) => seen.push(data));

      lastSocket().emit({ event: 'free', data: 'anything' });

      expect(seen).toEqual(['anything']);
    });

    it('reports a schema that throws and goes on', () => {
      let calls = 0;
      const schema: StandardSchemaV1<unknown, unknown> = {
        '~standard': {
          version: 1,
          vendor: 'spec',
          validate: (value) => {
            calls += 1;
            if (calls === 1) {
              throw new Error('broken');
            }
            return { value };
          },
        },
      };
      const seen: unknown[] = [];
      realtime.on(defineEvent('odd', schema)).subscribe((message) => seen.push(message));

      lastSocket().emit({ event: 'odd' });
      lastSocket().emit({ event: 'odd' });

      expect(seen.length).toBe(1);
      expect(errors.map(({ code }) => code)).toEqual(['invalid-message']);
    });

    it('keeps the order of messages whose schema answers later', async () => {
      const answers: ((result: StandardSchemaV1.SuccessResult<unknown>) => void)[] = [];
      const schema: StandardSchemaV1<unknown, unknown> = {
        '~standard': {
          version: 1,
          vendor: 'spec',
          validate: () => new Promise((resolve) => answers.push(resolve)),
        },
      };
      const seen: unknown[] = [];
      realtime.on(defineEvent('slow', schema)).subscribe((message) => seen.push(message));
      lastSocket().emit({ event: 'slow' });
      lastSocket().emit({ event: 'slow' });

      expect(answers.length).withContext('the second waits for the first').toBe(1);
      answers[0]?.({ value: 'first' });
      await settled();
      answers[1]?.({ value: 'second' });
      await settled();

      expect(seen).toEqual(['first', 'second']);
    });

    it('rejects a message whose schema gives no answer, and lets those behind it pass', async () => {
      let calls = 0;
      const schema: StandardSchemaV1<unknown, unknown> = {
        '~standard': {
          version: 1,
          vendor: 'spec',
          validate: (value) => {
            calls += 1;
            return calls === 1 ? new Promise<never>(() => undefined) : { value };
          },
        },
      };
      const seen: unknown[] = [];
      realtime.on(defineEvent('silent', schema)).subscribe((message) => seen.push(message));
      lastSocket().emit({ event: 'silent', id: 1 });
      lastSocket().emit({ event: 'silent', id: 2 });
      jasmine.clock().tick(9_999);
      await settled();
      expect(seen).toEqual([]);
      jasmine.clock().tick(1);
      await settled();

      expect(seen).toEqual([{ event: 'silent', id: 2 }]);
      expect(errors.map(({ code }) => code)).toEqual(['invalid-message']);
    });

    it('completes with the injector', () => {
      let completed = false;
      realtime.on(counted).subscribe({ complete: () => (completed = true) });

      TestBed.resetTestingModule();

      expect(completed).toBeTrue();
    });
  });

  describe('with the frames of the page', () => {
    const byCount = { conflate: ({ data }: { data: { count: number } }): unknown => data.count };

    it('batched emits what arrived within a frame as one list', () => {
      const batches: number[][] = [];
      realtime
        .batched(counted)
        .pipe(tap((batch) => batches.push(batch.map(({ data }) => data.count))))
        .subscribe();

      emitCount(1);
      emitCount(2);
      jasmine.clock().tick(250);

      expect(batches).toEqual([[1, 2]]);
    });

    it('on with conflate emits the newest of each key and counts the others', () => {
      const seen: unknown[] = [];
      realtime
        .on(counted, byCount)
        .pipe(tap((message) => seen.push(message['nth'])))
        .subscribe();

      lastSocket().emit({ event: 'counted', nth: 'first', data: { count: 1 } });
      lastSocket().emit({ event: 'counted', nth: 'second', data: { count: 1 } });
      jasmine.clock().tick(250);

      expect(seen).toEqual(['second']);
      expect(realtime.conflated()).toBe(1);
    });
  });

  describe('subscribe', () => {
    it('calls the handler until it is unsubscribed', () => {
      const counts: number[] = [];
      const unsubscribe = realtime.subscribe(counted, ({ data }) => counts.push(data.count));

      emitCount(1);
      unsubscribe();
      emitCount(2);

      expect(counts).toEqual([1]);
    });

    it('takes an event by its name alone', () => {
      const seen: string[] = [];
      realtime.subscribe('counted', ({ event }) => seen.push(event));

      emitCount('not validated');

      expect(seen).toEqual(['counted']);
    });

    it('calls a handler that is subscribed twice once a message, until both are undone', () => {
      const handler = jasmine.createSpy('handler');
      const first = realtime.subscribe('counted', handler);
      const second = realtime.subscribe('counted', handler);

      emitCount(1);
      first();
      first();
      emitCount(2);
      second();
      emitCount(3);

      expect(handler).toHaveBeenCalledTimes(2);
    });

    it('reports a handler that throws, and calls the others and the next message', () => {
      const counts: number[] = [];
      realtime.subscribe(counted, () => {
        throw new Error('broken handler');
      });
      realtime.subscribe(counted, ({ data }) => counts.push(data.count));

      emitCount(1);
      emitCount(2);

      expect(counts).toEqual([1, 2]);
      expect(errors.map(({ code, event }) => [code, event])).toEqual([
        ['handler-failed', 'counted'],
        ['handler-failed', 'counted'],
      ]);
    });

    it('may be undone from within the handler', () => {
      const counts: number[] = [];
      const unsubscribe = realtime.subscribe(counted, ({ data }) => {
        counts.push(data.count);
        unsubscribe();
      });

      emitCount(1);
      emitCount(2);

      expect(counts).toEqual([1]);
    });

    it('goes on after a reconnection', () => {
      const counts: number[] = [];
      realtime.subscribe(counted, ({ data }) => counts.push(data.count));
      realtime.disconnect();
      realtime.connect();
      lastSocket().accept();

      emitCount(1);

      expect(counts).toEqual([1]);
    });
  });
});
