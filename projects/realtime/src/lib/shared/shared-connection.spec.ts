import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { setUpClient, tick } from '../../spec-support/client';
import { FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

describe('withSharedConnection', () => {
  useFakeBrowser();

  let tabs: PlayedTabs;

  beforeEach(() => {
    tabs = new PlayedTabs(() => [
      withRetry({ jitter: 0, maxAttempts: 2 }),
      withRecovery(),
      withSharedConnection({ name: 'test' }),
    ]);
  });

  describe('the tabs of a browser', () => {
    it('have one socket, that of the first', async () => {
      const [first] = await tabs.open(5);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(tabs.browser.leader).toBe(first);
    });

    it('receive every message once and in order', async () => {
      const all = await tabs.open(3);
      tabs.server.write(3);
      await tabs.calm();

      expect(all.map(({ log }) => log)).toEqual(all.map(() => ['connected', 1, 2, 3]));
    });

    it('show the same status, attempt, error and client id, whatever becomes of the connection', async () => {
      const all = await tabs.open(3);
      const seen = (): object[] =>
        all.map(({ realtime }) => ({
          status: realtime.status(),
          attempt: realtime.attempt(),
          code: realtime.lastError()?.code,
          closeCode: realtime.lastError()?.closeCode,
          clientId: realtime.clientId(),
        }));
      const each = (value: object) => all.map(() => value);
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
      const [, second] = await tabs.open(2);
      lastSocket().endWith(4403);
      await settled();

      second?.realtime.connect();
      await tabs.calm();

      expect(tabs.browser.tabs.map(({ realtime }) => realtime.status())).toEqual(['connected', 'connected']);
    });

    it('know the state and the client id when they join late, and nothing of what was before', async () => {
      await tabs.open(1);
      tabs.server.write(2);
      await tabs.calm();
      const late = tabs.browser.openTab();
      await settled();

      expect(late.realtime.status()).toBe('connected');
      expect(late.realtime.clientId()).toBe('c1');
      expect(late.log).toEqual(['connected']);
    });

    it('do not share with tabs of another name', async () => {
      await tabs.open(1);
      const other = new FakeTabbedBrowser(() => [withSharedConnection({ name: 'other' })]);
      Object.assign(other, { locks: tabs.browser.locks, channels: tabs.browser.channels });
      other.openTab();
      await settled();

      expect(tabs.openSockets).toBe(2);
    });

    it('share under the name that a function gives each time they begin to take part', async () => {
      let name = 'test';
      await tabs.open(1);
      const other = new FakeTabbedBrowser(() => [withSharedConnection({ name: () => name })]);
      Object.assign(other, { locks: tabs.browser.locks, channels: tabs.browser.channels });
      const { realtime } = other.openTab();
      await settled();
      expect(tabs.openSockets).toBe(1);

      name = 'other';
      realtime.disconnect();
      realtime.connect();
      await settled();

      expect(tabs.openSockets).toBe(2);
    });
  });

  describe('sending', () => {
    it('goes through the tab that has the socket', async () => {
      const [, second] = await tabs.open(2);

      expect(second?.realtime.send({ event: 'start', session_id: 's1' })).toBeTrue();
      await tabs.calm();

      expect(tabs.server.heard).toEqual(['start']);
    });

    it('is refused while the connection is not open', async () => {
      const [, second] = await tabs.open(2);
      lastSocket().drop();
      await settled();

      expect(second?.realtime.send({ event: 'start' })).toBeFalse();
    });

    it('is refused for what cannot be handed to another tab, and reported', async () => {
      const [, second] = await tabs.open(2);
      const codes: string[] = [];
      second?.realtime.errors.subscribe(({ code }) => codes.push(code));

      const circular: Record<string, unknown> = {};
      circular['self'] = circular;
      expect(second?.realtime.send({ event: 'start', data: circular })).toBeFalse();
      expect(codes).toEqual(['unserializable-message']);
    });

    it('is done by the leader it was meant for, not by the next one too', async () => {
      const [first, second] = await tabs.open(2);
      first?.hang();
      second?.realtime.send({ event: 'start' });
      await tabs.pass(15_000);
      await tabs.calm();
      first?.unhang();
      await tabs.calm();

      expect(tabs.server.heard).toEqual(['start']);
    });
  });

  describe('a tab that disconnects', () => {
    it('leaves the connection to the others', async () => {
      const [first, second] = await tabs.open(2);
      second?.realtime.disconnect();
      tabs.server.write();
      await tabs.calm();

      expect(second?.realtime.status()).toBe('disconnected');
      expect(second?.events).toEqual([]);
      expect(first?.events).toEqual([1]);
    });

    it('hands the socket over when it has it', async () => {
      const [first, second] = await tabs.open(2);
      first?.realtime.disconnect();
      await tabs.calm();

      expect(tabs.browser.leader).toBe(second);
      expect(first?.realtime.status()).toBe('disconnected');
    });

    it('closes the socket when it is the last one', async () => {
      const [first, second] = await tabs.open(2);
      first?.realtime.disconnect();
      await tabs.calm();
      second?.realtime.disconnect();
      await tabs.calm();

      expect(tabs.openSockets).toBe(0);
      expect(lastSocket().closedWith?.code).toBe(1000);
    });

    it('stays so when its page thaws or returns from the back/forward cache', async () => {
      const [first] = await tabs.open(1);
      first?.realtime.disconnect();
      first?.freeze();
      first?.thaw();
      first?.enterCache();
      first?.leaveCache();
      await tabs.calm();

      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('takes part again when told to, and catches up', async () => {
      const [, second] = await tabs.open(2);
      second?.realtime.disconnect();
      tabs.server.write(2);
      await tabs.calm();
      second?.realtime.connect();
      await tabs.calm();

      expect(second?.events).toEqual([1, 2]);
    });
  });

  it('lets a page into the back/forward cache and takes it back', async () => {
    const [first, second] = await tabs.open(2);
    first?.enterCache();
    await tabs.calm();
    tabs.server.write();
    await tabs.calm();
    expect(tabs.browser.leader).toBe(second);
    first?.leaveCache();
    await tabs.calm();

    expect(first?.events).toEqual([1]);
    expect(tabs.openSockets).toBe(1);
  });

  it('works without recovery', async () => {
    tabs = new PlayedTabs(() => [withRetry(), withSharedConnection({ name: 'test' })]);
    const [first, second] = await tabs.open(2);
    tabs.server.write();
    await tabs.calm();
    first?.close();
    await tabs.calm();
    tabs.server.write();
    await tabs.calm();

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

    it('has a socket of its own where the page may open no channel', () => {
      const { BroadcastChannel } = globalThis;
      function RefusedChannel(): never {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      }
      Object.assign(globalThis, { BroadcastChannel: RefusedChannel });
      const realtime = setUpClient({}, [withSharedConnection()]);
      Object.assign(globalThis, { BroadcastChannel });

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
