import { TestBed } from '@angular/core/testing';
import { defineEvent, RealtimeOutbox, type RealtimeService, withOutbox } from '@creative-autogpt/realtime';
import type { RealtimeTestingController } from '@creative-autogpt/realtime/testing';
import { playedClient } from '../src/spec-support/played-client';

const taskUpdate = defineEvent('task.update');

describe('messages under the RealtimeTestingController', () => {
  let controller: RealtimeTestingController;
  let realtime: RealtimeService;

  const setUp = (...given: Parameters<typeof playedClient>): void => {
    ({ controller, realtime } = playedClient(...given));
  };
  const setUpConnected = (...given: Parameters<typeof playedClient>): void => {
    setUp(...given);
    realtime.connect();
    controller.expectConnection().accept();
  };

  describe('messages to the client', () => {
    it('arrive at the subscribers of their event', () => {
      setUpConnected();
      const seen: unknown[] = [];
      realtime.on(taskUpdate).subscribe((message) => seen.push(message));
      controller.emit({ event: 'task.update', data: 1 });
      controller.emit(taskUpdate, { data: 2 });
      controller.deliver('{"event":"task.update","data":3}');

      expect(seen).toEqual([1, 2, 3].map((data) => ({ event: 'task.update', data })));
    });

    it('may be frames that nobody can read', () => {
      setUpConnected();
      const errors: string[] = [];
      realtime.errors.subscribe(({ code }) => errors.push(code));
      controller.deliver('{');

      expect(errors).toEqual(['undecodable-frame']);
    });

    it('wait for the next frame where the client asks for it', () => {
      setUpConnected();
      const seen: unknown[] = [];
      realtime.batched(taskUpdate).subscribe((messages) => seen.push(messages.length));
      controller.emit(taskUpdate, {});
      controller.emit(taskUpdate, {});
      expect(seen).toEqual([]);
      controller.nextFrame();

      expect(seen).toEqual([2]);
    });

    it('need an open connection', () => {
      setUp();

      expect(() => controller.emit({ event: 'x' })).toThrowError('No connection is open: there was none.');
    });
  });

  describe('messages of the client', () => {
    beforeEach(() => setUpConnected());

    it('are found by name, by definition and by predicate', () => {
      realtime.send({ event: 'task.update', data: 1 });
      realtime.send({ event: 'task.update', data: 2 });
      realtime.send({ event: 'task.update', data: 3 });

      expect(controller.expectSent(({ data }) => data === 3).message['data']).toBe(3);
      expect(controller.expectSent(taskUpdate).message['data']).toBe(1);
      expect(controller.expectSent('task.update').message['data']).toBe(2);
    });

    it('are taken off the list', () => {
      realtime.send({ event: 'pause' });
      controller.expectSent('pause');

      expect(() => controller.expectSent('pause')).toThrowError(
        /^Expected the client to send "pause". Unexpected so far:/,
      );
    });

    it('that were sent instead are listed', () => {
      realtime.send({ event: 'stop', session_id: 's1' });

      expect(() => controller.expectSent('pause')).toThrowError(/- \{"event":"stop","session_id":"s1"\}/);
    });

    it('are taken all at once, without what the client says by itself', () => {
      realtime.send({ event: 'subscribe' });
      realtime.send({ event: 'pause' });
      realtime.send({ event: 'pause' });

      expect(controller.matchSent('pause').length).toBe(2);
      expect(controller.matchSent().map(({ message }) => message)).toEqual([{ event: 'subscribe' }]);
      expect(controller.matchSent()).toEqual([]);
    });

    it('are awaited where the client sends them in a later turn', async () => {
      const next = controller.nextSent('pause');
      await Promise.resolve();
      realtime.send({ event: 'pause' });

      expect((await next).message).toEqual({ event: 'pause' });
    });

    it('are missing when they are expected not to be sent', () => {
      expect(() => controller.expectNoneSent()).not.toThrow();
      realtime.send({ event: 'stop' });

      expect(() => controller.expectNoneSent('pause')).not.toThrow();
      expect(() => controller.expectNoneSent('stop')).toThrowError(
        'Expected the client not to send "stop":\n  - {"event":"stop"}',
      );
      expect(() => controller.expectNoneSent()).toThrowError(/^Expected the client to send nothing:/);
    });

    it('without an id cannot be acknowledged', () => {
      realtime.send({ event: 'pause' });

      expect(() => controller.expectSent('pause').acknowledge()).toThrowError(/RealtimeOutbox\.request\(\)/);
    });
  });

  describe('requests', () => {
    it('are acknowledged', async () => {
      setUpConnected([withOutbox()]);
      const answer = TestBed.inject(RealtimeOutbox).request('pause', { session_id: 's1' });
      controller.expectSent('pause').acknowledge();

      expect((await answer).ok).toBeTrue();
    });

    it('are refused', async () => {
      setUpConnected([withOutbox()]);
      const answer = TestBed.inject(RealtimeOutbox).request('start');
      controller.expectSent('start').refuse({ code: 'invalid_state', message: 'It is running.' });

      await expectAsync(answer).toBeRejectedWith(
        jasmine.objectContaining({ code: 'request-refused', serverCode: 'invalid_state' }),
      );
    });

    it('time out as time advances', async () => {
      setUpConnected([withOutbox()]);
      const answer = TestBed.inject(RealtimeOutbox).request('start', {}, { timeout: 4_000 });
      controller.advance(4_000);

      await expectAsync(answer).toBeRejectedWith(jasmine.objectContaining({ code: 'request-timeout' }));
    });
  });
});
