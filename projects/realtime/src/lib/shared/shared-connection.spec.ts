import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { setUpClient, tick } from '../../spec-support/client';
import { FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { ResumingServer } from '../../spec-support/resuming-server';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

describe('withSharedConnection', () => {
  useFakeBrowser();

  let browser: FakeTabbedBrowser;
  let server: ResumingServer;

  function useBrowser(...features: Parameters<typeof setUpClient>[1] & object): void {
    browser = new FakeTabbedBrowser(() => [
      withRetry({ jitter: 0, maxAttempts: 2 }),
      withSharedConnection({ name: 'test' }),
      ...features,
    ]);
    server = new ResumingServer(browser);
  }

  beforeEach(() => useBrowser(withRecovery()));

  async function happen(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await settled();
      server.serve();
    }
    await settled();
  }

  async function open(count: number) {
    const tabs = Array.from({ length: count }, () => browser.openTab());
    await happen();
    return tabs;
  }

  async function pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += 1_000) {
      tick(1_000);
      await settled();
    }
  }

  function openSockets(): number {
    return FakeWebSocket.sockets.filter(({ readyState }) => readyState < FakeWebSocket.CLOSING).length;
  }

  describe('the tabs of a browser', () => {
    it('have one socket, that of the first', async () => {
      const [first] = await open(5);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(browser.leader).toBe(first);
    });

    it('receive every message once and in order', async () => {
      const tabs = await open(3);
      server.write(3);
      await happen();

      expect(tabs.map(({ log }) => log)).toEqual(tabs.map(() => ['connected', 1, 2, 3]));
    });

    it('show the same status, attempt, error and client id, whatever becomes of the connection', async () => {
      const tabs = await open(3);
      const seen = (): object[] =>
        tabs.map(({ realtime }) => ({
          status: realtime.status(),
          attempt: realtime.attempt(),
          code: realtime.lastError()?.code,
          closeCode: realtime.lastError()?.closeCode,
          clientId: realtime.clientId(),
        }));
      const each = (value: object) => tabs.map(() => value);
      const fine = { status: 'connected', attempt: 0, code: undefined, closeCode: undefined, clientId: 'c1' };
      expect(seen()).toEqual(each(fine));

      lastSocket().drop();
      await settled();

      const lost = {
        ...fine,
        status: 'disconnected',
        attempt: 1,
        code: 'connection-closed',
        closeCode: 1006,
      };
      expect(seen()).toEqual(each(lost));
      tick(1_000);
      lastSocket().endWith(4403);
      await settled();

      expect(seen()).toEqual(each({ ...lost, status: 'error', attempt: 0, closeCode: 4403 }));
    });

    it('connect again when any of them asks for it after the client gave up', async () => {
      const [, second] = await open(2);
      lastSocket().endWith(4403);
      await settled();

      second?.realtime.connect();
      await happen();

      expect(browser.tabs.map(({ realtime }) => realtime.status())).toEqual(['connected', 'connected']);
    });

    it('know the state and the client id when they join late, and nothing of what was before', async () => {
      await open(1);
      server.write(2);
      await happen();
      const late = browser.openTab();
      await settled();

      expect(late.realtime.status()).toBe('connected');
      expect(late.realtime.clientId()).toBe('c1');
      expect(late.log).toEqual(['connected']);
    });

    it('do not share with tabs of another name', async () => {
      await open(1);
      const other = new FakeTabbedBrowser(() => [withSharedConnection({ name: 'other' })]);
      Object.assign(other, { locks: browser.locks, channels: browser.channels });
      other.openTab();
      await settled();

      expect(openSockets()).toBe(2);
    });
  });

  describe('sending', () => {
    it('goes through the tab that has the socket', async () => {
      const [, second] = await open(2);

      expect(second?.realtime.send({ event: 'start', session_id: 's1' })).toBeTrue();
      await happen();

      expect(server.heard).toEqual(['start']);
    });

    it('is refused while the connection is not open', async () => {
      const [, second] = await open(2);
      lastSocket().drop();
      await settled();

      expect(second?.realtime.send({ event: 'start' })).toBeFalse();
    });

    it('is refused for what cannot be handed to another tab, and reported', async () => {
      const [, second] = await open(2);
      const codes: string[] = [];
      second?.realtime.errors.subscribe(({ code }) => codes.push(code));

      expect(second?.realtime.send({ event: 'start', data: () => 1 })).toBeFalse();
      expect(codes).toEqual(['unserializable-message']);
    });

    it('is not done again by a leader that was overthrown while it hung', async () => {
      const [first, second] = await open(2);
      first?.hang();
      second?.realtime.send({ event: 'lost' });
      await pass(15_000);
      await happen();
      first?.unhang();
      await happen();

      expect(server.heard).toEqual([]);
    });
  });

  describe('the next tab takes over', () => {
    const endings: Record<string, (tab: { close(): void; crash(): void; freeze(): void }) => void> = {
      closes: (tab) => tab.close(),
      crashes: (tab) => tab.crash(),
      'is frozen': (tab) => tab.freeze(),
    };
    for (const [how, end] of Object.entries(endings)) {
      it(`at once when the leader ${how}, and resumes where it was`, async () => {
        const [first, second, third] = await open(3);
        server.write(2);
        await happen();
        if (first) {
          end(first);
        }
        server.write(2);
        await happen();

        expect(browser.leader).toBe(second);
        expect(second?.events).toEqual([1, 2, 3, 4]);
        expect(third?.events).toEqual([1, 2, 3, 4]);
        expect(browser.tabs.flatMap(({ gaps }) => gaps)).toEqual([]);
      });
    }

    it('after leaderTimeout when the leader hangs, which steps down when it goes on', async () => {
      const [first, second] = await open(2);
      first?.hang();
      await pass(15_000);
      await happen();
      server.write(2);
      await happen();
      expect(second?.events).toEqual([1, 2]);
      first?.unhang();
      await happen();

      expect(openSockets()).toBe(1);
      expect(browser.leader).toBe(second);
      expect(first?.events).toEqual([1, 2]);
      expect(first?.realtime.status()).toBe('connected');
    });

    it('not while the leader answers, however quiet the server is', async () => {
      const [first] = await open(3);
      await pass(120_000);

      expect(browser.leader).toBe(first);
      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('and a tab that lags behind receives what both leaders sent once', async () => {
      const [first, second, third] = await open(3);
      third?.hang();
      server.write(2);
      await happen();
      first?.crash();
      await settled();
      third?.unhang();
      await happen();
      server.write();
      await happen();

      expect(second?.events).toEqual([1, 2, 3]);
      expect(third?.events).toEqual([1, 2, 3]);
    });

    it('and tells a tab that was frozen what it missed', async () => {
      const [, second, third] = await open(3);
      third?.freeze();
      server.write(2);
      await happen();
      third?.thaw();
      await happen();
      server.write();
      await happen();

      expect(second?.events).toEqual([1, 2, 3]);
      expect(third?.events).toEqual([1, 2, 3]);
      expect(third?.gaps).toEqual([]);
    });

    it('and reports a gap to a tab that missed more than others keep', async () => {
      const [, , third] = await open(3);
      server.write();
      await happen();
      third?.freeze();
      server.write(300);
      await happen();
      third?.thaw();
      await happen();
      server.write();
      await happen();

      expect(third?.gaps).toEqual([
        { reason: 'history-trimmed', from: { epoch: 'e1', offset: 1 }, to: { epoch: 'e1', offset: 301 } },
      ]);
      expect(third?.events).toEqual([1, 302]);
    });

    it('and shows connecting meanwhile, so that what was said on the old link is said again', async () => {
      const [first, second, third] = await open(3);
      const seen: string[] = [];
      third?.realtime.statusChanges.subscribe((status) => seen.push(status));
      first?.close();
      await happen();

      expect(seen).toEqual(['connected', 'connecting', 'connected']);
      expect(second?.realtime.clientId()).toBe('c1');
      expect(lastSocket().sent[0]).toContain('"client_id":"c1"');
    });

    it('and reports a gap in every tab when the server does not resume', async () => {
      const [first, second, third] = await open(3);
      first?.close();
      await settled();
      lastSocket()
        .accept()
        .emit({ event: 'connected', data: { client_id: 'c1' } });
      await settled();

      expect(second?.gaps.map(({ reason }) => reason)).toEqual(['not-supported']);
      expect(third?.gaps.map(({ reason }) => reason)).toEqual(['not-supported']);
    });
  });

  describe('a tab that disconnects', () => {
    it('leaves the connection to the others', async () => {
      const [first, second] = await open(2);
      second?.realtime.disconnect();
      server.write();
      await happen();

      expect(second?.realtime.status()).toBe('disconnected');
      expect(second?.events).toEqual([]);
      expect(first?.events).toEqual([1]);
    });

    it('hands the socket over when it has it', async () => {
      const [first, second] = await open(2);
      first?.realtime.disconnect();
      await happen();

      expect(browser.leader).toBe(second);
      expect(first?.realtime.status()).toBe('disconnected');
    });

    it('closes the socket when it is the last one', async () => {
      const [first, second] = await open(2);
      first?.realtime.disconnect();
      await happen();
      second?.realtime.disconnect();
      await happen();

      expect(openSockets()).toBe(0);
      expect(lastSocket().closedWith?.code).toBe(1000);
    });

    it('stays so when its page thaws or returns from the back/forward cache', async () => {
      const [first] = await open(1);
      first?.realtime.disconnect();
      first?.freeze();
      first?.thaw();
      first?.enterCache();
      first?.leaveCache();
      await happen();

      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('takes part again when told to, and catches up', async () => {
      const [, second] = await open(2);
      second?.realtime.disconnect();
      server.write(2);
      await happen();
      second?.realtime.connect();
      await happen();

      expect(second?.events).toEqual([1, 2]);
    });
  });

  it('lets a page into the back/forward cache and takes it back', async () => {
    const [first, second] = await open(2);
    first?.enterCache();
    await happen();
    server.write();
    await happen();
    expect(browser.leader).toBe(second);
    first?.leaveCache();
    await happen();

    expect(first?.events).toEqual([1]);
    expect(openSockets()).toBe(1);
  });

  it('works without recovery', async () => {
    useBrowser();
    const [first, second] = await open(2);
    server.write();
    await happen();
    first?.close();
    await happen();
    server.write();
    await happen();

    expect(second?.events).toEqual([1, 2]);
  });

  describe('without what it needs', () => {
    it('has a socket of its own where Web Locks are missing', () => {
      const locks = Object.getOwnPropertyDescriptor(Navigator.prototype, 'locks');
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined, configurable: true });
      const realtime = setUpClient({}, [withSharedConnection()]);
      Object.defineProperty(Navigator.prototype, 'locks', locks ?? {});

      realtime.connect();
      lastSocket().accept();

      expect(realtime.status()).toBe('connected');
    });

    it('stays silent on a server platform', () => {
      TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
      const realtime = setUpClient({}, [withSharedConnection()]);

      realtime.connect();

      expect(realtime.status()).toBe('disconnected');
    });

    it('refuses a leaderTimeout that is no time', () => {
      expect(() => withSharedConnection({ leaderTimeout: 0 })).toThrowError(RangeError, /leaderTimeout/);
    });
  });
});
