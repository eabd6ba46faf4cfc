import { createEnvironmentInjector, EnvironmentInjector, Injector, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { setUpClient, tick } from '../../spec-support/client';
import { settled } from '../../spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withBatches } from '../batches/with-batches';
import { defineEvent } from '../events/event-definition';
import { withHeartbeat } from '../heartbeat/with-heartbeat';
import { RealtimeOutbox } from '../outbox/realtime-outbox';
import { withOutbox } from '../outbox/with-outbox';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { RealtimeStats } from './realtime-stats';
import type { StatsOptions } from './stats-options';
import type { StatsSnapshot } from './stats-snapshot';
import { withStats } from './with-stats';

/** A connected client that measures. */
function measuredClient(options: StatsOptions = {}, ...features: readonly RealtimeExtension[]) {
  const realtime = setUpClient({}, [withRetry({ jitter: 0 }), withStats(options), ...features]);
  const stats = TestBed.inject(RealtimeStats);
  realtime.connect();
  lastSocket().accept();
  return { realtime, stats };
}

function agree(...capabilities: string[]): void {
  lastSocket().emit({ event: 'connected', data: { client_id: 'c1', capabilities } });
}

/** The server answers the ping sent last, `after` milliseconds later. */
function pong(after: number): void {
  const data = lastSocket()
    .sentMessages.filter(({ event }) => event === 'ping')
    .at(-1)?.['data'];
  tick(after);
  lastSocket().emit({ event: 'pong', data });
}

describe('withStats', () => {
  useFakeBrowser();

  beforeEach(() => {
    sessionStorage.clear();
  });

  describe('the round trip', () => {
    it('is unknown until something was measured', () => {
      const { stats } = measuredClient();

      expect(stats.snapshot().roundTrip).toBeNull();
    });

    it('is measured by own pings where the server agreed to it', () => {
      const { stats } = measuredClient();
      agree('round-trip');
      tick(0);
      pong(30);
      tick(9_970);
      pong(10);

      expect(stats.snapshot().roundTrip).toEqual({ p50: 10, p95: 30, p99: 30, samples: 2 });
    });

    it('is asked for in connect', () => {
      measuredClient();

      expect(lastSocket().sentMessages[0]).toEqual({
        event: 'connect',
        data: { capabilities: ['round-trip'] },
      });
    });

    it('makes no pings of its own where the server did not agree', () => {
      measuredClient();
      agree();
      tick(60_000);

      expect(lastSocket().sentEvents).toEqual(['connect']);
    });

    it('is then the time from a ping of the heartbeat to its pong', () => {
      const { stats } = measuredClient({}, withHeartbeat({ interval: 1_000 }));
      agree();
      tick(1_000);
      tick(40);
      lastSocket().emit({ event: 'pong' });

      expect(stats.snapshot().roundTrip).toEqual({ p50: 40, p95: 40, p99: 40, samples: 1 });
    });

    it('tells the pongs of several pings apart', () => {
      const { stats } = measuredClient({}, withHeartbeat({ interval: 15_000, timeout: 10_000 }));
      agree('round-trip');
      tick(0);
      pong(5);
      tick(9_995);
      pong(5);
      tick(4_995);
      tick(70);
      lastSocket().emit({ event: 'pong' });

      expect(stats.snapshot().roundTrip).toEqual({ p50: 5, p95: 70, p99: 70, samples: 3 });
    });

    it('takes no pong that nobody asked for', () => {
      const { stats } = measuredClient();
      agree('round-trip');
      tick(0);
      lastSocket().emit({ event: 'pong', data: { ts: 1 } });
      lastSocket().emit({ event: 'pong' });

      expect(stats.snapshot().roundTrip).toBeNull();
    });

    it('does not take a pong of the new link for the answer to a ping of the old one', () => {
      const { stats } = measuredClient({}, withHeartbeat({ interval: 1_000 }));
      tick(1_000);
      lastSocket().drop();
      tick(1_000);
      lastSocket().accept().emit({ event: 'pong' });

      expect(stats.snapshot().roundTrip).toBeNull();
    });
  });

  describe('the traffic', () => {
    it('counts frames, messages and bytes in both directions', () => {
      const { realtime, stats } = measuredClient();
      const before = stats.snapshot().sent;
      realtime.send({ event: '作' });
      lastSocket().deliver('{"event":"é"}');

      const { sent, received } = stats.snapshot();
      expect(sent.messages - before.messages).toBe(1);
      expect(sent.bytes - before.bytes).toBe('{"event":"..."}'.length);
      expect(received.messages).toBe(1);
      expect(received.bytes).toBe('{"event":".."}'.length);
    });

    it('counts the messages of a batch one by one', () => {
      const { stats } = measuredClient({}, withBatches());
      lastSocket().emit({ event: 'batch', data: { events: [{ event: 'a' }, { event: 'b' }] } });

      expect(stats.snapshot().received.messages).toBe(2);
    });

    it('counts the bytes of an unreadable frame, but no message', () => {
      const { stats } = measuredClient();
      lastSocket().deliver('not JSON');

      expect(stats.snapshot().received).toEqual(jasmine.objectContaining({ messages: 0, bytes: 8 }));
      expect(stats.snapshot().errors).toBe(1);
    });

    it('does not count what the socket did not take', () => {
      const { realtime, stats } = measuredClient();
      const before = stats.snapshot().sent;
      lastSocket().readyState = WebSocket.CLOSING;
      realtime.send({ event: 'late' });

      expect(stats.snapshot().sent).toEqual(before);
    });

    it('has rates, averaged over ten seconds', () => {
      const { stats } = measuredClient();
      tick(1_000);
      for (let count = 0; count < 20; count += 1) {
        lastSocket().deliver('{"event":"tick"}');
      }
      tick(1_000);

      expect(stats.snapshot().received.messagesPerSecond).toBe(2);
      expect(stats.snapshot().received.bytesPerSecond).toBe(32);
    });
  });

  describe('the connection', () => {
    it('has an uptime while it is up', () => {
      const { stats } = measuredClient();
      tick(7_000);
      expect(stats.snapshot().uptime).toBe(7_000);
      lastSocket().drop();

      expect(stats.snapshot().uptime).toBe(0);
    });

    it('counts reconnections, neither first connections nor failed attempts', () => {
      const { realtime, stats } = measuredClient();
      lastSocket().drop();
      tick(1_000);
      lastSocket().drop();
      tick(2_000);
      lastSocket().accept();
      expect(stats.snapshot().reconnects).toBe(1);
      realtime.disconnect();
      realtime.connect();
      lastSocket().accept();

      expect(stats.snapshot().reconnects).toBe(1);
    });
  });

  describe('what other features know', () => {
    it('is null without them', () => {
      const { stats } = measuredClient();

      expect(stats.snapshot()).toEqual(
        jasmine.objectContaining({ queueDepth: null, gaps: null, duplicates: null }),
      );
    });

    it('is the depth of the outbox', () => {
      const { realtime, stats } = measuredClient({}, withOutbox());
      realtime.disconnect();
      TestBed.inject(RealtimeOutbox).send({ event: 'later' });

      expect(stats.snapshot().queueDepth).toBe(1);
    });

    it('is gaps and duplicates of the recovery', () => {
      const { stats } = measuredClient({}, withRecovery());
      lastSocket().emit({ event: 'connected', data: { epoch: 'e1', offset: 1, recovered: false } });
      lastSocket().emit({ event: 'task.update', id: 2 });
      lastSocket().emit({ event: 'task.update', id: 2 });
      lastSocket().drop();
      tick(1_000);
      lastSocket().accept();
      lastSocket().emit({ event: 'connected', data: { epoch: 'e2', offset: 9, recovered: false } });

      expect(stats.snapshot()).toEqual(jasmine.objectContaining({ gaps: 1, duplicates: 1 }));
    });

    it('is how many messages failed validation', () => {
      const { realtime, stats } = measuredClient();
      const never = defineEvent('never', {
        '~standard': { version: 1, vendor: 'spec', validate: () => ({ issues: [{ message: 'no' }] }) },
      });
      realtime.on(never).subscribe();
      lastSocket().emit({ event: 'never' });

      expect(stats.snapshot()).toEqual(jasmine.objectContaining({ quarantined: 1, errors: 1 }));
    });
  });

  describe('watching', () => {
    it('gives a signal that changes once a second', () => {
      const { stats } = measuredClient();
      const watched = TestBed.runInInjectionContext(() => stats.watch());
      lastSocket().emit({ event: 'tick' });
      expect(watched().received.messages).toBe(0);
      tick(1_000);

      expect(watched().received.messages).toBe(1);
    });

    it('ends with the injection context', () => {
      const { stats } = measuredClient();
      const snapshots = spyOn(stats, 'snapshot').and.callThrough();
      const injector = createEnvironmentInjector([], TestBed.inject(EnvironmentInjector));
      stats.watch(injector.get(Injector));
      injector.destroy();
      snapshots.calls.reset();
      tick(10_000);

      expect(snapshots).not.toHaveBeenCalled();
    });

    it('computes nothing while nobody watches', () => {
      const { stats } = measuredClient();
      const snapshots = spyOn(stats, 'snapshot').and.callThrough();
      lastSocket().emit({ event: 'tick' });
      tick(10_000);

      expect(snapshots).not.toHaveBeenCalled();
    });

    it('keeps no timer on a server platform', () => {
      TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
      setUpClient({}, [withStats()]);
      const stats = TestBed.inject(RealtimeStats);
      const snapshots: StatsSnapshot[] = [];
      stats.changes.subscribe((snapshot) => snapshots.push(snapshot));
      tick(10_000);

      expect(snapshots.length).toBe(1);
    });
  });

  describe('the exporter', () => {
    it('is called at its interval, connected or not', () => {
      const exported: StatsSnapshot[] = [];
      const { realtime } = measuredClient({
        exporter: (snapshot) => exported.push(snapshot),
        exportInterval: 5_000,
      });
      tick(5_000);
      realtime.disconnect();
      tick(5_000);

      expect(exported.map(({ uptime }) => uptime)).toEqual([5_000, 0]);
    });

    it('may throw: that is reported, and it is called again', () => {
      let calls = 0;
      const { realtime } = measuredClient({
        exporter: () => {
          calls += 1;
          throw new Error('collector is down');
        },
      });
      const codes: string[] = [];
      realtime.errors.subscribe(({ code }) => codes.push(code));
      tick(120_000);

      expect(calls).toBe(2);
      expect(codes).toEqual(['exporter-failed', 'exporter-failed']);
    });

    it('may reject: that is reported', async () => {
      const exporter: () => unknown = () => Promise.reject(new Error('collector is down'));
      const { realtime } = measuredClient({ exporter });
      const codes: string[] = [];
      realtime.errors.subscribe(({ code }) => codes.push(code));
      tick(60_000);
      await settled();

      expect(codes).toEqual(['exporter-failed']);
    });
  });

  it('refuses options out of range', () => {
    expect(() => withStats({ pingInterval: 0 })).toThrowError(RangeError);
    expect(() => withStats({ exportInterval: -1 })).toThrowError(RangeError);
    expect(() => withStats({ window: 1.5 })).toThrowError(RangeError);
  });
});
