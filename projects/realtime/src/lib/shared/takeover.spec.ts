import { type FakeTab, settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

describe('the next tab takes over', () => {
  useFakeBrowser();

  let tabs: PlayedTabs;

  beforeEach(() => {
    tabs = new PlayedTabs(() => [
      withRetry({ jitter: 0 }),
      withRecovery(),
      withSharedConnection({ name: 'test' }),
    ]);
  });

  const endings: Record<string, (tab: FakeTab) => void> = {
    closes: (tab) => tab.close(),
    crashes: (tab) => tab.crash(),
    'is frozen': (tab) => tab.freeze(),
  };
  for (const [how, end] of Object.entries(endings)) {
    it(`at once when the leader ${how}, and resumes where it was`, async () => {
      const [first, second, third] = await tabs.open(3);
      tabs.server.write(2);
      await tabs.calm();
      if (first) {
        end(first);
      }
      tabs.server.write(2);
      await tabs.calm();

      expect(tabs.browser.leader).toBe(second);
      expect(second?.events).toEqual([1, 2, 3, 4]);
      expect(third?.events).toEqual([1, 2, 3, 4]);
      expect(tabs.browser.tabs.flatMap(({ gaps }) => gaps)).toEqual([]);
    });
  }

  it('after leaderTimeout when the leader hangs, which steps down when it goes on', async () => {
    const [first, second] = await tabs.open(2);
    first?.hang();
    await tabs.pass(15_000);
    await tabs.calm();
    tabs.server.write(2);
    await tabs.calm();
    expect(second?.events).toEqual([1, 2]);
    first?.unhang();
    await tabs.calm();

    expect(tabs.openSockets).toBe(1);
    expect(tabs.browser.leader).toBe(second);
    expect(first?.events).toEqual([1, 2]);
    expect(first?.realtime.status()).toBe('connected');
  });

  it('where the others are, even if it has seen nothing yet itself', async () => {
    const [first, second] = await tabs.open(2);
    first?.hang();
    tabs.server.write();
    const [third] = await tabs.open(1);
    await tabs.pass(20_000);

    expect(third?.socket).toBeDefined();
    expect(second?.events).toEqual([1]);
    expect(second?.gaps).toEqual([]);
  });

  it('not while the leader answers, however quiet the server is', async () => {
    const [first] = await tabs.open(3);
    await tabs.pass(120_000);

    expect(tabs.browser.leader).toBe(first);
    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('and a tab that lags behind receives what both leaders sent once', async () => {
    const [first, second, third] = await tabs.open(3);
    third?.hang();
    tabs.server.write(2);
    await tabs.calm();
    first?.crash();
    await settled();
    third?.unhang();
    await tabs.calm();
    tabs.server.write();
    await tabs.calm();

    expect(second?.events).toEqual([1, 2, 3]);
    expect(third?.events).toEqual([1, 2, 3]);
  });

  it('and tells a tab that was frozen what it missed', async () => {
    const [, second, third] = await tabs.open(3);
    third?.freeze();
    tabs.server.write(2);
    await tabs.calm();
    third?.thaw();
    await tabs.calm();
    tabs.server.write();
    await tabs.calm();

    expect(second?.events).toEqual([1, 2, 3]);
    expect(third?.events).toEqual([1, 2, 3]);
    expect(third?.gaps).toEqual([]);
  });

  it('and reports a gap to a tab that missed more than others keep', async () => {
    const [, , third] = await tabs.open(3);
    tabs.server.write();
    await tabs.calm();
    third?.freeze();
    tabs.server.write(300);
    await tabs.calm();
    third?.thaw();
    await tabs.calm();
    tabs.server.write();
    await tabs.calm();

    expect(third?.gaps).toEqual([
      { reason: 'history-trimmed', from: { epoch: 'e1', offset: 1 }, to: { epoch: 'e1', offset: 301 } },
    ]);
    expect(third?.events).toEqual([1, 302]);
  });

  it('and shows connecting meanwhile, so that what was said on the old link is said again', async () => {
    const [first, second, third] = await tabs.open(3);
    const seen: string[] = [];
    third?.realtime.statusChanges.subscribe((status) => seen.push(status));
    first?.close();
    await tabs.calm();

    expect(seen).toEqual(['connected', 'connecting', 'connected']);
    expect(second?.realtime.clientId()).toBe('c1');
    expect(lastSocket().sent[0]).toContain('"client_id":"c1"');
  });

  it('and reports a gap in every tab when the server does not resume', async () => {
    const [first, second, third] = await tabs.open(3);
    first?.close();
    await settled();
    lastSocket()
      .accept()
      .emit({ event: 'connected', data: { client_id: 'c1' } });
    await settled();

    expect(second?.gaps.map(({ reason }) => reason)).toEqual(['not-supported']);
    expect(third?.gaps.map(({ reason }) => reason)).toEqual(['not-supported']);
  });

  it('and every tab goes back with a server that knows less than they have seen', async () => {
    const [first, second] = await tabs.open(2);
    tabs.server.write(5);
    await tabs.calm();
    tabs.server.goBackTo(3);
    first?.socket?.drop();
    await tabs.pass(5_000);
    tabs.server.write(2);
    await tabs.calm();

    expect(first?.events).toEqual([1, 2, 3, 4, 5, 4, 5]);
    expect(second?.events).toEqual([1, 2, 3, 4, 5, 4, 5]);
    expect(second?.gaps).toEqual(first?.gaps ?? []);
    expect(second?.gaps.map(({ to }) => to?.offset)).toEqual([3]);
  });

  it('and a tab that comes back with what such a server does not know joins in where it is', async () => {
    const [first, second] = await tabs.open(2);
    tabs.server.write(5);
    await tabs.calm();
    second?.freeze();
    tabs.server.goBackTo(3);
    first?.socket?.drop();
    await tabs.pass(5_000);
    tabs.server.write();
    await tabs.calm();
    second?.thaw();
    await tabs.calm();
    tabs.server.write();
    await tabs.calm();

    expect(second?.events).toEqual([1, 2, 3, 4, 5, 5]);
    expect(second?.gaps.map(({ to }) => to?.offset)).toEqual([4]);
  });
});
