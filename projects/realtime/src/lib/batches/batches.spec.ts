import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { connectedClient, setUpClient } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import type { RealtimeError } from '../realtime-error';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import type { RealtimeMessage } from '../realtime-message';
import { RealtimeRecovery } from '../recovery/realtime-recovery';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withBatches } from './with-batches';

function batch(events: unknown): object {
  return { event: 'batch', data: { events } };
}

describe('withBatches', () => {
  useFakeBrowser();

  let seen: RealtimeMessage[];
  let errors: RealtimeError[];

  function connect(features: readonly RealtimeExtension[] = [withBatches()]) {
    const realtime = connectedClient({}, features);
    seen = [];
    errors = [];
    realtime.messages.subscribe((message) => seen.push(message));
    realtime.errors.subscribe((error) => errors.push(error));
    return realtime;
  }

  it('asks for batches', () => {
    connect();

    expect(lastSocket().sentMessages[0]).toEqual({ event: 'connect', data: { capabilities: ['batch'] } });
  });

  it('S17: gives out the messages of a batch one by one, in order', () => {
    connect();

    lastSocket().emit({ event: 'a' });
    lastSocket().emit(batch([{ event: 'b' }, { event: 'c', data: 1 }]));
    lastSocket().emit({ event: 'd' });

    expect(seen).toEqual([{ event: 'a' }, { event: 'b' }, { event: 'c', data: 1 }, { event: 'd' }]);
  });

  it('lets an empty batch pass in silence', () => {
    connect();

    lastSocket().emit(batch([]));

    expect(seen).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('reports a batch without a list, and goes on', () => {
    connect();

    lastSocket().emit({ event: 'batch' });
    lastSocket().emit(batch('all'));
    lastSocket().emit({ event: 'a' });

    expect(errors.map(({ code, event }) => [code, event])).toEqual([
      ['undecodable-frame', 'batch'],
      ['undecodable-frame', 'batch'],
    ]);
    expect(seen).toEqual([{ event: 'a' }]);
  });

  it('reports a compressed batch where nothing inflates it', () => {
    connect();

    lastSocket().emit({ event: 'batch', encoding: 'gzip', data: 'H4sI' });

    expect(errors.map(({ code }) => code)).toEqual(['undecodable-frame']);
    expect(seen).toEqual([]);
  });

  it('leaves out what is no message and batches in the batch, and reports them once', () => {
    connect();

    lastSocket().emit(batch([{ event: 'a' }, null, 1, {}, batch([{ event: 'hidden' }]), { event: 'b' }]));

    expect(seen).toEqual([{ event: 'a' }, { event: 'b' }]);
    expect(errors.map(({ message }) => message)).toEqual([jasmine.stringContaining('4 of the 6 entries')]);
  });

  it('stops in the middle of a batch when a subscriber disconnects', () => {
    const realtime = connect();
    realtime.subscribe('a', () => realtime.disconnect());

    lastSocket().emit(batch([{ event: 'a' }, { event: 'b' }]));

    expect(seen).toEqual([{ event: 'a' }]);
  });

  it('learns the client id from an answer in a batch', () => {
    const realtime = connect();

    lastSocket().emit(batch([{ event: 'connected', data: { client_id: 'c1' } }]));

    expect(realtime.clientId()).toBe('c1');
  });

  for (const [order, features] of [
    ['before', () => [withBatches(), withRecovery(), withRetry({ jitter: 0 })]],
    ['after', () => [withRecovery(), withBatches(), withRetry({ jitter: 0 })]],
  ] as const) {
    it(`drops what came before out of batches, with the feature given ${order} withRecovery`, () => {
      sessionStorage.clear();
      connect(features());

      lastSocket().emit({ event: 'connected', data: { epoch: 'e', offset: 0, recovered: false } });
      lastSocket().emit(
        batch([
          { event: 'n', id: 1 },
          { event: 'n', id: 2 },
        ]),
      );
      lastSocket().emit(
        batch([
          { event: 'n', id: 2 },
          { event: 'n', id: 3 },
        ]),
      );

      expect(seen.flatMap(({ id }) => id ?? [])).toEqual([1, 2, 3]);
      expect(TestBed.inject(RealtimeRecovery).duplicates()).toBe(1);
    });
  }

  it('S17: delivers the same messages in the same order, however they are divided into batches', () => {
    const realtime = setUpClient({}, [withBatches()]);
    const numbers: unknown[] = [];
    realtime.messages.subscribe((message) => numbers.push(message['n']));
    realtime.connect();
    lastSocket().accept();

    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 30 }), (sizes) => {
        numbers.length = 0;
        let next = 0;
        for (const size of sizes) {
          const events = Array.from({ length: size }, () => ({ event: 'n', n: next++ }));
          const [first] = events;
          lastSocket().emit(size === 1 && first ? first : batch(events));
        }
        expect(numbers).toEqual(Array.from({ length: next }, (_, index) => index));
      }),
    );
    expect(FakeWebSocket.sockets.length).toBe(1);
  });
});
