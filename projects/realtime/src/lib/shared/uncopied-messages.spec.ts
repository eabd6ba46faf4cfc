import { type FakeTab, FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import type { RealtimeCodec } from '../codec/realtime-codec';
import { withCodec } from '../codec/with-codec';
import { withBatches } from '../batches/with-batches';
import type { RealtimeExtension } from '../extensions/realtime-extension';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

/**
 * JSON, with a function where it says `at`: as codecs do that make objects of the application, which no
 * browser can copy.
 */
const LIVE_CODEC: RealtimeCodec = {
  name: 'live',
  decode: (frame): unknown =>
    typeof frame === 'string'
      ? JSON.parse(frame, (name, value: unknown) => (name === 'at' ? () => value : value))
      : null,
  encode: (message) => JSON.stringify(message),
};

describe('a message that cannot be copied to another tab', () => {
  useFakeBrowser();

  let browser: FakeTabbedBrowser;
  let errors: string[];

  async function open(
    features: readonly RealtimeExtension[] = [withRecovery()],
  ): Promise<readonly FakeTab[]> {
    const live = { protocol: 'live', load: () => Promise.resolve(LIVE_CODEC) };
    browser = new FakeTabbedBrowser(() => [
      withRetry({ jitter: 0 }),
      withBatches(),
      withCodec(live),
      withSharedConnection({ name: 'test' }),
      ...features,
    ]);
    errors = [];
    const tabs = [await openTab(), await openTab()];
    lastSocket().accept('live');
    await settled();
    const greeting = { capabilities: ['batch', 'resume'], epoch: 'e', offset: 0, recovered: false };
    lastSocket().emit({ event: 'connected', data: greeting });
    await settled();
    return tabs;
  }

  async function openTab(): Promise<FakeTab> {
    const tab = browser.openTab();
    const name = browser.tabs.length;
    tab.realtime.errors.subscribe(({ code, event }) => errors.push(`${name}: ${code} ${String(event)}`));
    await settled();
    return tab;
  }

  /** The server sends events in one frame; those of `live` cannot be copied. */
  async function emit(ids: readonly number[], live: readonly number[] = []): Promise<void> {
    const events = ids.map((id) => ({ event: 'n', id, ...(live.includes(id) ? { data: { at: id } } : {}) }));
    lastSocket().emit({ event: 'batch', data: { events } });
    await settled();
  }

  it('keeps none of the messages beside it from the other tabs', async () => {
    const [first, second] = await open();
    await emit([1]);
    await emit([2, 3, 4], [3]);
    await emit([5]);

    expect(first?.events).toEqual([1, 2, 3, 4, 5]);
    expect(second?.events).toEqual([1, 2, 4, 5]);
  });

  it('is reported once in the tab that misses it, with its event, and not in the one that has it', async () => {
    await open();
    await emit([1, 2, 3], [2]);
    await emit([4]);

    expect(errors).toEqual(['2: unserializable-message n']);
  });

  it('without offsets is reported and keeps none of the messages beside it either', async () => {
    const [, second] = await open([]);
    await emit([1, 2, 3], [2]);

    expect(second?.events).toEqual([1, 3]);
    expect(errors).toEqual(['2: unserializable-message n']);
  });

  it('among what a tab missed that joins costs neither its other messages nor the connection', async () => {
    const [first, second] = await open();
    second?.enterCache();
    await emit([1, 2, 3], [2]);
    second?.leaveCache();
    await settled();
    await emit([4]);

    expect(second?.events).toEqual([1, 3, 4]);
    expect(errors).toEqual(['2: unserializable-message n']);
    expect(first?.realtime.status()).toBe('connected');
    expect(second?.realtime.status()).toBe('connected');
  });

  it('is a gap to a tab that joins a tab which missed it', async () => {
    const [first, second] = await open();
    const third = await openTab();
    await emit([1]);
    third.enterCache();
    await emit([2, 3], [2]);
    first?.close();
    await settled();
    lastSocket().accept('live');
    await settled();
    lastSocket().emit({
      event: 'connected',
      data: { capabilities: ['resume'], epoch: 'e', offset: 3, recovered: true },
    });
    await settled();
    third.leaveCache();
    await settled();

    expect(browser.leader).toBe(second);
    expect(third.gaps.map(({ reason }) => reason)).toEqual(['history-trimmed']);
  });
});

describe('a leading tab whose handler disconnects in the middle of a batch', () => {
  useFakeBrowser();

  it('has told the other tabs what it received of the batch', async () => {
    const browser = new FakeTabbedBrowser(() => [withBatches(), withSharedConnection({ name: 'test' })]);
    const first = browser.openTab();
    await settled();
    const second = browser.openTab();
    await settled();
    lastSocket().accept();
    await settled();
    first.realtime.subscribe('n', ({ id }) => {
      if (id === 2) {
        first.realtime.disconnect();
      }
    });
    lastSocket().emit({ event: 'batch', data: { events: [1, 2, 3].map((id) => ({ event: 'n', id })) } });
    await settled();

    expect(first.events).toEqual([1, 2]);
    expect(second.events).toEqual([1, 2]);
  });
});
