import { TestBed } from '@angular/core/testing';
import { setUpClient, tick } from '../../spec-support/client';
import { FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withAuth } from '../auth/with-auth';
import { Connection } from '../connection/connection';
import { withPageLifecycle } from '../lifecycle/with-page-lifecycle';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import type { RealtimeService } from '../realtime-service';
import { withSharedConnection } from '../shared/with-shared-connection';
import { withRetry } from './with-retry';

/** Milliseconds between two attempts in the background, where chance neither adds nor takes anything. */
const DELAY = 30_000;

describe('keepTryingEvery', () => {
  useFakeBrowser();
  let chance: jasmine.Spy;

  beforeEach(() => {
    chance = spyOn(Math, 'random').and.returnValue(0.5);
  });

  const keepTrying = (): RealtimeExtension =>
    withRetry({ maxAttempts: 1, initialDelay: 1_000, jitter: 0, keepTryingEvery: DELAY });

  /** A client that has given up, and the statuses since. */
  const givenUp = (...features: readonly RealtimeExtension[]) => {
    const realtime = setUpClient({}, [keepTrying(), ...features]);
    realtime.connect();
    lastSocket().drop();
    tick(1_000);
    lastSocket().drop();
    const statuses: string[] = [];
    realtime.statusChanges.subscribe((status) => statuses.push(status));
    return { realtime, statuses };
  };
  const sockets = (): number => FakeWebSocket.sockets.length;

  it('is off unless it is asked for', () => {
    setUpClient({}, [withRetry({ maxAttempts: 0 })]).connect();
    lastSocket().drop();
    tick(86_400_000);

    expect(sockets()).toBe(1);
  });

  it('tries again and again in the background, and the status stays error', () => {
    const { realtime, statuses } = givenUp();
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      tick(DELAY);
      expect(sockets()).toBe(2 + attempt);
      expect([realtime.status(), realtime.attempt()]).toEqual(['error', 0]);
      lastSocket().drop();
    }

    expect(statuses).toEqual(['error']);
  });

  it('connects as soon as the server is back, without showing that it tries', () => {
    const { realtime, statuses } = givenUp();
    tick(DELAY);
    lastSocket().accept();

    expect(statuses).toEqual(['error', 'connected']);
    expect(realtime.lastError()).toBeNull();
  });

  it('retries a connection that was lost again as any other', () => {
    const { realtime } = givenUp();
    tick(DELAY);
    lastSocket().accept();
    tick(5_000);
    lastSocket().drop();
    expect([realtime.status(), realtime.attempt()]).toEqual(['disconnected', 1]);
    tick(1_000);

    expect(sockets()).toBe(4);
  });

  for (const [share, delay] of [
    [0, 24_000],
    [0.5, 30_000],
    [1, 36_000],
  ] as const) {
    it(`waits ${delay} ms where chance says ${share}`, () => {
      chance.and.returnValue(share);
      givenUp();
      tick(delay - 1);
      expect(sockets()).toBe(2);
      tick(1);

      expect(sockets()).toBe(3);
    });
  }

  it('reports each failed attempt, once', () => {
    const { realtime } = givenUp();
    const codes: string[] = [];
    realtime.errors.subscribe(({ code }) => codes.push(code));
    tick(DELAY);
    lastSocket().drop();

    expect(codes).toEqual(['connection-closed']);
  });

  it('leaves connect() able to try at once, openly', () => {
    const { realtime } = givenUp();
    realtime.connect();

    expect([realtime.status(), sockets()]).toEqual(['connecting', 3]);
  });

  it('lets connect() take the place of an attempt in the background', () => {
    const { realtime } = givenUp();
    tick(DELAY);
    const background = lastSocket();
    realtime.connect();
    lastSocket().accept();

    expect(background.closedWith).not.toBeNull();
    expect([realtime.status(), sockets()]).toEqual(['connected', 4]);
  });

  it('leaves a page that wakes able to try at once', () => {
    givenUp(withPageLifecycle());
    window.dispatchEvent(new Event('online'));

    expect(sockets()).toBe(3);
  });

  it('ends with disconnect()', () => {
    const { realtime } = givenUp();
    realtime.disconnect();
    tick(86_400_000);

    expect([realtime.status(), sockets()]).toEqual(['disconnected', 2]);
  });

  it('lets go of its attempt while the page is in the back/forward cache, and connects when it is back', () => {
    givenUp(withPageLifecycle());
    tick(DELAY);
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(lastSocket().closedWith).not.toBeNull();
    tick(DELAY);
    expect(sockets()).toBe(3);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

    expect(sockets()).toBe(4);
  });

  for (const code of [1008, 4403]) {
    it(`ends for good when the server refuses with ${code}, which not even a page that wakes undoes`, () => {
      const { realtime } = givenUp(withPageLifecycle());
      tick(DELAY);
      lastSocket().endWith(code);
      tick(86_400_000);
      window.dispatchEvent(new Event('online'));

      expect([realtime.status(), realtime.lastError()?.closeCode, sockets()]).toEqual(['error', code, 3]);
    });
  }

  it('ends for good when the server refuses a fresh token too, and shows nothing of the first refusal', () => {
    const realtime = setUpClient({}, [keepTrying(), withAuth({ token: (reason) => reason })]);
    realtime.connect();
    lastSocket().drop();
    tick(1_000);
    lastSocket().drop();
    const statuses: string[] = [];
    realtime.statusChanges.subscribe((status) => statuses.push(status));
    tick(DELAY);
    lastSocket().endWith(4401);
    lastSocket().endWith(4401);
    tick(86_400_000);

    expect(statuses).toEqual(['error']);
    expect(realtime.lastError()?.code).toBe('unauthenticated');
    expect(sockets()).toBe(4);
  });

  describe('after a server that asked for a pause', () => {
    const overloaded = (): RealtimeService => {
      const realtime = setUpClient({}, [
        withRetry({ maxAttempts: 0, jitter: 0, keepTryingEvery: 1_000 }),
        withPageLifecycle(),
      ]);
      realtime.connect();
      lastSocket().endWith(4429, 'retry after 20000');
      return realtime;
    };

    it('waits as long as it asked', () => {
      overloaded();
      tick(19_999);
      expect(sockets()).toBe(1);
      tick(1);

      expect(sockets()).toBe(2);
    });

    it('is not hurried by a page that wakes', () => {
      overloaded();
      TestBed.inject(Connection).wake();
      expect(sockets()).toBe(1);
      tick(20_000);

      expect(sockets()).toBe(2);
    });

    it('tries at once when a person asks for it', () => {
      overloaded().connect();

      expect(sockets()).toBe(2);
    });
  });

  describe('with a connection that tabs share', () => {
    it('is done by the leading tab, for all of them', async () => {
      const browser = new FakeTabbedBrowser(() => [
        keepTrying(),
        withSharedConnection({ name: 'background' }),
      ]);
      const leader = browser.openTab();
      const follower = browser.openTab();
      /** In steps, so that the leader answers the other tab in between. */
      const pass = async (seconds: number): Promise<void> => {
        for (let second = 0; second < seconds; second += 1) {
          tick(1_000);
          await settled();
        }
      };
      await settled();
      leader.socket?.drop();
      await pass(1);
      leader.socket?.drop();
      await settled();
      const statuses: string[] = [];
      follower.realtime.statusChanges.subscribe((status) => statuses.push(status));
      await pass(DELAY / 1_000);
      leader.socket?.drop();
      await pass(DELAY / 1_000);
      expect(follower.socket).toBeUndefined();
      leader.socket?.accept();
      await settled();

      expect(statuses).toEqual(['error', 'connected']);
    });
  });

  it('refuses what is no positive number of milliseconds', () => {
    for (const keepTryingEvery of [0, -1, NaN]) {
      expect(() => withRetry({ keepTryingEvery })).toThrowError(RangeError, /keepTryingEvery/);
    }
  });
});
