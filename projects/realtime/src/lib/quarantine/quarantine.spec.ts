import { TestBed } from '@angular/core/testing';
import * as v from 'valibot';
import { connectedClient } from '../../spec-support/client';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { defineEvent } from '../events/event-definition';
import type { RealtimeService } from '../realtime-service';
import { type QuarantinedMessage, RealtimeQuarantine } from './realtime-quarantine';
import { type QuarantineOptions, withQuarantine } from './with-quarantine';

const counted = defineEvent(
  'counted',
  v.looseObject({ event: v.literal('counted'), data: v.looseObject({ count: v.number() }) }),
);

describe('withQuarantine', () => {
  useFakeBrowser();

  let realtime: RealtimeService;
  let quarantine: RealtimeQuarantine;
  let counts: number[];

  function connect(options?: QuarantineOptions): void {
    realtime = connectedClient({}, [withQuarantine(options)]);
    quarantine = TestBed.inject(RealtimeQuarantine);
    counts = [];
    realtime.on(counted).subscribe(({ data }) => counts.push(data.count));
  }

  function emitCount(count: unknown): void {
    lastSocket().emit({ event: 'counted', data: { count } });
  }

  it('keeps a message that fails, with what was wrong and when', () => {
    connect();

    emitCount('many');

    expect(quarantine.recent()).toEqual([
      {
        event: 'counted',
        message: { event: 'counted', data: { count: 'many' } },
        issues: [jasmine.objectContaining({ message: jasmine.stringContaining('number') })],
        at: new Date('2026-01-23T00:00:00Z').getTime(),
      },
    ]);
  });

  it('emits each message as it fails; handlers get the others alone', () => {
    connect();
    const seen: QuarantinedMessage[] = [];
    quarantine.messages.subscribe((each) => seen.push(each));

    emitCount(1);
    emitCount('many');
    emitCount(2);

    expect(seen.map(({ message }) => message['data'])).toEqual([{ count: 'many' }]);
    expect(counts).toEqual([1, 2]);
  });

  it('still reports the message on errors', () => {
    connect();
    const codes: string[] = [];
    realtime.errors.subscribe(({ code }) => codes.push(code));

    emitCount('many');

    expect(codes).toEqual(['invalid-message']);
  });

  it('keeps a message whose schema threw', () => {
    connect();
    const hostile = defineEvent('hostile', {
      '~standard': {
        version: 1,
        vendor: 'spec',
        validate: () => {
          throw new Error('boom');
        },
      },
    });
    realtime.on(hostile).subscribe();

    lastSocket().emit({ event: 'hostile' });

    expect(quarantine.recent().map(({ issues }) => issues)).toEqual([
      [{ message: jasmine.stringContaining('boom') }],
    ]);
  });

  it('keeps no more than the limit, the last ones', () => {
    connect({ limit: 2 });

    ['a', 'b', 'c'].forEach(emitCount);

    expect(quarantine.recent().map(({ message }) => message['data'])).toEqual([
      { count: 'b' },
      { count: 'c' },
    ]);
  });

  it('keeps 50 by default', () => {
    connect();

    Array.from({ length: 60 }, String).forEach(emitCount);

    expect(quarantine.recent().length).toBe(50);
  });

  it('can be emptied', () => {
    connect();
    emitCount('many');

    quarantine.clear();

    expect(quarantine.recent()).toEqual([]);
  });

  it('completes with the client', () => {
    connect();
    const completed = jasmine.createSpy('completed');
    quarantine.messages.subscribe({ complete: completed });

    TestBed.resetTestingModule();

    expect(completed).toHaveBeenCalledTimes(1);
  });

  for (const limit of [0, -1, 1.5, Number.NaN, Infinity]) {
    it(`refuses the limit ${limit}`, () => {
      expect(() => withQuarantine({ limit })).toThrowError(RangeError, /limit/);
    });
  }
});
