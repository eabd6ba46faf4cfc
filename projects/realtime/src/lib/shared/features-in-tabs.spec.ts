import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { settled } from '../../spec-support/fake-tab';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withHeartbeat } from '../heartbeat/with-heartbeat';
import { withPageLifecycle } from '../lifecycle/with-page-lifecycle';
import { RealtimeOutbox } from '../outbox/realtime-outbox';
import { withOutbox } from '../outbox/with-outbox';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

describe('other features in tabs that share a connection', () => {
  useFakeBrowser();

  let tabs: PlayedTabs;

  beforeEach(() => {
    tabs = new PlayedTabs(() => [
      withRetry({ jitter: 0 }),
      withRecovery(),
      withHeartbeat(),
      withPageLifecycle(),
      withOutbox(),
      withSharedConnection({ name: 'test' }),
    ]);
  });

  it('acknowledge a request in the tab that made it', async () => {
    const [, second] = await tabs.open(2);
    const answer = second?.injector.get(RealtimeOutbox).request('pause', { session_id: 's1' });
    await tabs.calm();

    expect(tabs.server.heard).toEqual(['pause']);
    await expectAsync(answer).toBeResolved();
  });

  it('acknowledge a request of a tab that joined late', async () => {
    await tabs.open(1);
    const [late] = await tabs.open(1);
    const answer = late?.injector.get(RealtimeOutbox).request('pause');
    await tabs.calm();

    await expectAsync(answer).toBeResolved();
  });

  it('send a request again when the leader goes before it is acknowledged', async () => {
    const [first, , third] = await tabs.open(3);
    const answer = third?.injector.get(RealtimeOutbox).request('pause');
    first?.crash();
    await tabs.calm();
    await tabs.calm();

    expect(tabs.server.heard).toEqual(['pause']);
    await expectAsync(answer).toBeResolved();
  });

  it('ask the server for a sign of life from one tab only', async () => {
    await tabs.open(3);
    await tabs.pass(31_000);

    expect(lastSocket().sentEvents.filter((event) => event === 'ping')).toEqual(['ping']);
  });

  it('doubt the link in the leader when another tab wakes', async () => {
    const [, second] = await tabs.open(2);
    second?.show();
    await settled();

    expect(lastSocket().sentEvents.at(-1)).toBe('ping');
  });

  it('try again at once when another tab wakes', async () => {
    const [first, second] = await tabs.open(2);
    lastSocket().drop();
    await settled();
    second?.show();
    await settled();

    expect(first?.socket).toBeDefined();
  });

  it('leave and come back once with the page', async () => {
    const [first, second] = await tabs.open(2);
    first?.enterCache();
    await tabs.calm();
    first?.leaveCache();
    await tabs.calm();

    expect(tabs.browser.leader).toBe(second);
    expect(first?.log).toEqual(['connected', 'connected']);
  });
});
