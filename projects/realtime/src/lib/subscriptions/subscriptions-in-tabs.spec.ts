import { tick } from '../../spec-support/client';
import { type FakeTab, settled } from '../../spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { ROOMS } from '../../spec-support/rooms';
import { withPageLifecycle } from '../lifecycle/with-page-lifecycle';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { RealtimeSubscriptions } from './realtime-subscriptions';
import { MOST_TOPICS } from './topic';
import { withSubscriptions } from './with-subscriptions';

const CHANNEL = '@creative-autogpt/realtime 4 topics test';

describe('subscriptions of tabs that share a connection', () => {
  useFakeBrowser();

  let tabs: PlayedTabs;

  beforeEach(() => {
    tabs = new PlayedTabs(() => [
      withRetry({ jitter: 0 }),
      withRecovery(),
      withPageLifecycle(),
      withSharedConnection({ name: 'test' }),
      withSubscriptions(ROOMS),
    ]);
  });

  const keep = (tab: FakeTab | undefined, room: string, outcomes: unknown[] = []) =>
    tab?.injector
      .get(RealtimeSubscriptions)
      .to({ room })
      .subscribe({ error: (error: unknown) => outcomes.push(error) });

  /** The turn of the event loop ends, and the server serves. */
  const calm = async (): Promise<void> => {
    tick(0);
    await tabs.calm();
    tick(0);
    await tabs.calm();
  };

  it('are said once for two tabs, and taken back when the last one leaves', async () => {
    const [first, second] = await tabs.open(2);
    const kept = [keep(first, 'a'), keep(second, 'a')];
    await calm();
    expect(tabs.server.heardOfRooms).toEqual(['subscribe a']);

    kept[0]?.unsubscribe();
    await calm();
    expect(tabs.server.rooms).toEqual(['a']);

    kept[1]?.unsubscribe();
    await calm();
    expect(tabs.server.heardOfRooms).toEqual(['subscribe a', 'unsubscribe a']);
  });

  it('are said before what a following tab sends after them', async () => {
    const [, second] = await tabs.open(2);
    keep(second, 'a');
    second?.realtime.send({ event: 'start' });
    await calm();

    expect(tabs.server.heard).toEqual(['subscribe', 'start']);
  });

  it('are said again for every tab after a lost connection', async () => {
    const [first, second] = await tabs.open(2);
    keep(first, 'a');
    keep(second, 'b');
    await calm();
    first?.socket?.drop();
    keep(second, 'c');
    await tabs.pass(5_000);

    expect(tabs.server.rooms).toEqual(['a', 'b', 'c']);
    expect(tabs.server.heardOfRooms.slice(2)).toEqual(['subscribe a', 'subscribe b', 'subscribe c']);
  });

  const endings: Record<string, (tab: FakeTab) => void> = {
    'is closed': (tab) => tab.close(),
    crashes: (tab) => tab.crash(),
    'is frozen': (tab) => tab.freeze(),
    'goes to the back/forward cache': (tab) => tab.enterCache(),
    disconnects: (tab) => tab.realtime.disconnect(),
  };
  for (const [how, end] of Object.entries(endings)) {
    it(`are said by the next leader when the leader ${how}, without those of the leader`, async () => {
      const [first, second, third] = await tabs.open(3);
      keep(first, 'a');
      keep(second, 'b');
      keep(third, 'c');
      await calm();
      if (first) {
        end(first);
      }
      await calm();

      expect(tabs.browser.leader).toBe(second);
      expect([...tabs.server.rooms].sort()).toEqual(['b', 'c']);
    });

    it(`are taken back when a following tab ${how}`, async () => {
      const [first, second, third] = await tabs.open(3);
      keep(first, 'a');
      keep(second, 'b');
      keep(second, 'c');
      keep(third, 'c');
      await calm();
      if (second) {
        end(second);
      }
      await calm();

      expect(tabs.browser.leader).toBe(first);
      expect(tabs.server.rooms).toEqual(['a', 'c']);
      expect(tabs.server.heardOfRooms.slice(3)).toEqual(['unsubscribe b']);
    });
  }

  it('are said again for a tab that comes back from the back/forward cache', async () => {
    const [, second] = await tabs.open(2);
    keep(second, 'a');
    await calm();
    second?.enterCache();
    await calm();
    second?.leaveCache();
    await calm();

    expect(tabs.server.heardOfRooms).toEqual(['subscribe a', 'unsubscribe a', 'subscribe a']);
    expect(tabs.server.rooms).toEqual(['a']);
  });

  it('are said again for a tab that was frozen', async () => {
    const [, second] = await tabs.open(2);
    keep(second, 'a');
    await calm();
    second?.freeze();
    await calm();
    second?.thaw();
    await calm();

    expect(tabs.server.rooms).toEqual(['a']);
  });

  it('of a following tab that hangs are kept', async () => {
    const [, second] = await tabs.open(2);
    keep(second, 'a');
    await calm();
    second?.hang();
    await tabs.pass(60_000);

    expect(tabs.server.heardOfRooms).toEqual(['subscribe a']);
  });

  it('of a leader that hung are said by the tab that took over, once it follows', async () => {
    const [first, second] = await tabs.open(2);
    keep(first, 'a');
    keep(second, 'b');
    await calm();
    first?.hang();
    await tabs.pass(20_000);
    expect(second?.socket).toBeDefined();
    first?.unhang();
    await calm();

    expect([...tabs.server.rooms].sort()).toEqual(['a', 'b']);
  });

  it('that a tab leaves while another one takes over are not said by it', async () => {
    const [first, second, third] = await tabs.open(3);
    keep(second, 'b');
    const left = keep(third, 'c');
    await calm();
    first?.crash();
    left?.unsubscribe();
    tick(0);
    await calm();

    expect(tabs.server.rooms).toEqual(['b']);
  });

  it('that a tab asks for while another one takes over are said by it once', async () => {
    const [first, second, third] = await tabs.open(3);
    keep(second, 'b');
    await calm();
    tabs.server.heardOfRooms.length = 0;
    first?.crash();
    keep(third, 'c');
    await settled();
    keep(third, 'd');
    await calm();

    expect(tabs.server.heardOfRooms.sort()).toEqual(['subscribe b', 'subscribe c', 'subscribe d']);
  });

  it('are said again where the connection is lost before the server has answered, once', async () => {
    const [first, second] = await tabs.open(2);
    keep(second, 'a');
    await settled();
    first?.socket?.drop();
    await tabs.pass(5_000);

    expect(tabs.server.heardOfRooms).toEqual(['subscribe a']);
  });

  it('that the server refuses end in each tab that asked for them, and may be asked for again', async () => {
    const [first, second, third] = await tabs.open(3);
    const outcomes: [unknown[], unknown[], unknown[]] = [[], [], []];
    tabs.server.closedRooms.add('a');
    keep(second, 'a', outcomes[1]);
    keep(third, 'a', outcomes[2]);
    keep(first, 'b', outcomes[0]);
    await calm();

    const refused = jasmine.objectContaining({
      code: 'subscription-refused',
      serverCode: 'unknown_room',
      message: 'There is no such room.',
    });
    expect(outcomes).toEqual([[], [refused], [refused]]);
    expect(tabs.server.heardOfRooms.filter((heard) => heard.endsWith(' a'))).toEqual(['subscribe a']);

    tabs.server.closedRooms.delete('a');
    keep(third, 'a');
    await calm();
    expect(tabs.server.rooms).toEqual(['b', 'a']);
  });

  it('of a following tab are said again in one piece when it has missed what the leader told', async () => {
    const [first, second, third] = await tabs.open(3);
    keep(second, 'a');
    await calm();
    second?.hang();
    first?.crash();
    await calm();
    second?.unhang();
    await calm();

    expect(tabs.browser.leader).toBeDefined();
    expect(tabs.server.rooms).toEqual(['a']);
    expect(third?.realtime.status()).toBe('connected');
  });

  it('may be 1,000 in a tab that follows', async () => {
    const [, second] = await tabs.open(2);
    Array.from({ length: MOST_TOPICS }, (_, room) => keep(second, String(room)));
    await calm();
    expect(tabs.server.rooms.length).toBe(MOST_TOPICS);

    second?.crash();
    await calm();
    expect(tabs.server.rooms.length).toBe(0);
  });

  describe('against what a foreign tab says', () => {
    let foreign: Pick<BroadcastChannel, 'postMessage'>;

    beforeEach(async () => {
      const [first] = await tabs.open(1);
      keep(first, 'a');
      const tab = tabs.browser.openTab();
      await calm();
      tab.realtime.disconnect();
      await calm();
      const Channel = tabs.browser.channels.of(tab.tasks);
      foreign = new Channel(CHANNEL);
    });

    it('they are as they were', async () => {
      const nonsense: unknown[] = [
        { kind: 'hello', from: 'x', position: null },
        { kind: 'hello', from: 'x', position: null, topics: 'a' },
        { kind: 'hello', from: 'x', position: null, topics: [1, null, '', '{', '[]', '"a"', 'null'] },
        { kind: 'topic', from: 'nobody', topic: '{"room":"b"}', isKept: true },
        { kind: 'topic', from: 'x', topic: { room: 'b' }, isKept: true },
        { kind: 'topic' },
      ];
      nonsense.forEach((message) => foreign.postMessage(message));
      await calm();

      expect(tabs.server.heardOfRooms).toEqual(['subscribe a']);
      expect(lastSocket().sentEvents).toEqual(['connect', 'subscribe']);
    });

    it('topics of a tab that is not there are taken back at once', async () => {
      foreign.postMessage({ kind: 'hello', from: 'x', position: null, topics: ['{"room":"b"}'] });
      await calm();

      expect(tabs.server.rooms).toEqual(['a']);
    });
  });

  it('are not left to a tab of an application that keeps none', async () => {
    const plain = new PlayedTabs(() => [withRetry({ jitter: 0 }), withSharedConnection({ name: 'test' })]);
    Object.assign(plain.browser, { locks: tabs.browser.locks, channels: tabs.browser.channels });
    plain.browser.openTab();
    await settled();
    tabs.browser.openTab();
    await settled();

    expect(tabs.openSockets).toBe(2);
  });
});
