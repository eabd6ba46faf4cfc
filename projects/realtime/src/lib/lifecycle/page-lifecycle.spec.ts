import { TestBed } from '@angular/core/testing';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { provideRealtime } from '../provide-realtime';
import { RealtimeService } from '../realtime-service';
import { withRetry } from '../retry/with-retry';
import { withPageLifecycle } from './with-page-lifecycle';

describe('withPageLifecycle', () => {
  useFakeBrowser();

  let realtime: RealtimeService;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: 'ws://server.test/', handshake: false }, withRetry(), withPageLifecycle()),
      ],
    });
    realtime = TestBed.inject(RealtimeService);
    realtime.connect();
  });

  function tick(milliseconds: number): void {
    jasmine.clock().tick(milliseconds);
  }

  function giveUp(): void {
    for (let attempt = 0; attempt <= 5; attempt += 1) {
      lastSocket().drop();
      tick(10_000);
    }
  }

  const wakes: Record<string, () => void> = {
    'the network returns': () => window.dispatchEvent(new Event('online')),
    'the tab becomes visible': () => document.dispatchEvent(new Event('visibilitychange')),
    'the tab is no longer frozen': () => document.dispatchEvent(new Event('resume')),
  };

  for (const [when, wake] of Object.entries(wakes)) {
    it(`tries at once when ${when}`, () => {
      lastSocket().drop();

      wake();
      tick(0);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it(`begins anew after giving up when ${when}`, () => {
      giveUp();
      expect(realtime.status()).toBe('error');

      wake();

      expect(realtime.status()).toBe('connecting');
    });
  }

  it('does not ask a server again that has refused the client', () => {
    lastSocket().accept().endWith(1008);

    window.dispatchEvent(new Event('online'));
    tick(60_000);

    expect(FakeWebSocket.sockets.length).toBe(1);
    expect(realtime.status()).toBe('error');
  });

  it('makes no second socket while one is opening', () => {
    window.dispatchEvent(new Event('online'));
    document.dispatchEvent(new Event('visibilitychange'));

    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('asks an open link for a sign of life and keeps it when one comes', () => {
    lastSocket().accept();
    window.dispatchEvent(new Event('online'));
    expect(lastSocket().sentEvents).toEqual(['ping']);
    lastSocket().emit({ event: 'pong' });
    tick(5_000);

    expect(realtime.status()).toBe('connected');
  });

  it('ends an open link that gives no sign of life', () => {
    lastSocket().accept();
    window.dispatchEvent(new Event('online'));
    tick(5_000);

    expect(realtime.lastError()?.code).toBe('dead-link');
  });

  it('never undoes an explicit disconnect', () => {
    realtime.disconnect();

    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    tick(60_000);

    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('closes the socket when the page goes, and connects when it returns from the back/forward cache', () => {
    lastSocket().accept();
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(lastSocket().closedWith?.code).toBe(1000);

    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    lastSocket().accept();

    expect(FakeWebSocket.sockets.length).toBe(2);
    expect(realtime.status()).toBe('connected');
  });
});
