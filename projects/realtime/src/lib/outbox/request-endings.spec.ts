import { TestBed } from '@angular/core/testing';
import { tick } from '../../spec-support/client';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import {
  acknowledge,
  answerConnect,
  breakConnection,
  outboxClient,
  rejection,
  rejectionCode,
  sentEvents,
  sentIds,
  shakeHands,
} from '../../spec-support/outbox-client';
import type { RealtimeConfig } from '../realtime-config';
import type { OutboxOptions } from './outbox-options';

describe('RealtimeOutbox.request, ended by something else than its acknowledgement:', () => {
  useFakeBrowser();

  function connected(options?: OutboxOptions, config?: Partial<RealtimeConfig>) {
    const client = outboxClient(options, config);
    client.realtime.connect();
    shakeHands();
    return client;
  }

  describe('the end of the connection', () => {
    it('rejects at once after disconnect()', async () => {
      const { realtime, outbox } = connected();
      const answer = outbox.request('a');
      realtime.disconnect();

      expect(await rejectionCode(answer)).toBe('request-abandoned');
      expect(outbox.depth()).toBe(0);
    });

    it('rejects at once when the server ends it for good', async () => {
      for (const closeCode of [1000, 1008]) {
        TestBed.resetTestingModule();
        const { outbox } = connected();
        const answer = outbox.request('a');
        lastSocket().endWith(closeCode);

        expect(await rejectionCode(answer)).toBe('request-abandoned');
      }
    });

    it('lets it wait for the next connect() if told so', async () => {
      const { realtime, outbox } = connected({ abandonOnEnd: false });
      const answer = outbox.request('a');
      realtime.disconnect();
      realtime.connect();
      shakeHands();
      acknowledge(sentIds()[0]);

      expect((await answer).ok).toBeTrue();
    });

    it('keeps messages for the next connect()', () => {
      const { realtime, outbox } = connected();
      realtime.disconnect();
      expect(outbox.send({ event: 'a' })).toBe('queued');
      realtime.connect();
      shakeHands();

      expect(sentEvents()).toEqual(['a']);
    });

    it('rejects when the injector is destroyed, and from then on', async () => {
      const { outbox } = connected();
      const answer = outbox.request('a');
      TestBed.resetTestingModule();

      expect(await rejectionCode(answer)).toBe('request-abandoned');
      expect(await rejectionCode(outbox.request('b'))).toBe('request-abandoned');
    });
  });

  describe('a server that does not acknowledge', () => {
    it('is sent no request', async () => {
      const { realtime, outbox } = outboxClient();
      const waiting = outbox.request('a');
      realtime.connect();
      shakeHands(['resume']);

      expect(await rejectionCode(waiting)).toBe('not-supported');
      expect(await rejectionCode(outbox.request('b'))).toBe('not-supported');
      expect(sentEvents()).toEqual([]);
    });

    it('is assumed without a handshake', async () => {
      const { outbox } = outboxClient({}, { handshake: false });

      expect(await rejectionCode(outbox.request('a'))).toBe('not-supported');
    });

    it('is not assumed of one that has not answered yet: messages flow, requests wait', async () => {
      const { realtime, outbox } = outboxClient();
      const answer = outbox.request('a');
      outbox.send({ event: 'b' });
      realtime.connect();
      lastSocket().accept();
      tick(2_000);
      expect(sentEvents()).toEqual(['b']);
      answerConnect();
      acknowledge(sentIds()[0]);

      expect((await answer).ok).toBeTrue();
    });
  });

  describe('a signal', () => {
    it('rejects with its reason and sends nothing more', async () => {
      const { outbox } = connected();
      const controller = new AbortController();
      const answer = outbox.request('a', {}, { signal: controller.signal });
      const reason = new Error('No longer needed.');
      controller.abort(reason);
      breakConnection();
      shakeHands();
      tick(100);

      expect(await rejection(answer)).toBe(reason);
      expect(sentIds()).toEqual([]);
      expect(outbox.depth()).toBe(0);
    });

    it('that is aborted already sends nothing at all', async () => {
      const { outbox } = connected();

      const error = await rejection(outbox.request('a', {}, { signal: AbortSignal.abort() }));

      expect(error).toBeInstanceOf(DOMException);
      expect(sentIds()).toEqual([]);
    });

    it('is let go of once the request is settled', async () => {
      const { outbox } = connected();
      const { signal } = new AbortController();
      const removed = spyOn(signal, 'removeEventListener').and.callThrough();
      const answer = outbox.request('a', {}, { signal });
      acknowledge(sentIds()[0]);
      await answer;

      expect(removed).toHaveBeenCalledTimes(1);
    });
  });
});
