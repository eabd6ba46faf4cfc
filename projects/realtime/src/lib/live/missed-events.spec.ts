import { FakeTab, FakeTabbedBrowser, settled } from '../../spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { FRAME, PlayedResource, type Tasks } from '../../spec-support/played-resource';
import { Injector } from '@angular/core';
import { tick } from '../../spec-support/client';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { type RealtimeResource, realtimeResource } from './realtime-resource';

describe('realtimeResource: a load that fails', () => {
  useFakeBrowser();

  let played: PlayedResource;
  let tasks: RealtimeResource<Tasks | undefined>;

  beforeEach(() => {
    played = PlayedResource.connected();
    tasks = played.make();
  });

  it('is an error where there has never been a value', () => {
    played.fail();

    expect([tasks.status(), tasks.error()?.message, tasks.loadError()?.message]).toEqual([
      'error',
      '503',
      '503',
    ]);
  });

  it('is tried again with longer and longer pauses', () => {
    const pauses = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    pauses.forEach((pause, index) => {
      played.fail();
      tick(pause - 1);
      expect(played.loads.length).toBe(index + 1);
      tick(pause * 0.2 + 1);
      expect(played.loads.length).toBe(index + 2);
    });
    played.answer({ t1: 'pending' });

    expect([tasks.status(), tasks.value(), tasks.loadError()]).toEqual([
      'resolved',
      { t1: 'pending' },
      undefined,
    ]);
  });

  it('is tried again at once when the connection is back', () => {
    played.fail();
    lastSocket().drop();
    tick(1);
    const before = played.loads.length;
    played.reconnect({ offset: 0, recovered: true });

    expect(played.loads.length).toBe(before + 1);
  });

  it('leaves the value there is, and says why the reload failed', () => {
    played.answer({ t1: 'pending' });
    tasks.reload();
    played.fail();

    expect([tasks.status(), tasks.value(), tasks.loadError()?.message]).toEqual([
      'resolved',
      { t1: 'pending' },
      '503',
    ]);
  });

  it('loses no event that arrives before the next attempt', () => {
    played.answer({ t1: 'pending' });
    tasks.reload();
    played.fail();
    played.update('t1', 'running');
    tick(FRAME);

    expect(tasks.value()).toEqual({ t1: 'running' });
  });

  it('may end without an answer', () => {
    played.loads[0]?.complete();

    expect(tasks.loadError()?.message).toBe('The load ended without an answer.');
  });

  it('may throw', () => {
    const throwing = played.make({
      load: () => {
        throw new Error('thrown');
      },
    });

    expect(throwing.loadError()?.message).toBe('thrown');
  });

  it('may reject', async () => {
    const rejecting = played.make({ load: () => Promise.reject(new Error('rejected')) });
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.resolve();
    }

    expect(rejecting.loadError()?.message).toBe('rejected');
  });
});

describe('realtimeResource: events that were missed', () => {
  useFakeBrowser();

  let played: PlayedResource;
  let tasks: RealtimeResource<Tasks | undefined>;

  describe('for good', () => {
    beforeEach(() => {
      played = PlayedResource.connected();
      tasks = played.make();
    });

    it('begin a load, and the value stays meanwhile', () => {
      played.answer({ t1: 'pending' });
      played.reconnect({ offset: 9, recovered: false });

      expect([tasks.value(), tasks.status(), tasks.stale(), played.loads.length]).toEqual([
        { t1: 'pending' },
        'reloading',
        true,
        2,
      ]);
    });

    it('begin a load anew that is under way', () => {
      played.reconnect({ offset: 9, recovered: false });
      played.loads[0]?.next({ t1: 'before the gap' });

      expect([tasks.status(), played.loads.length]).toEqual(['loading', 2]);
    });

    it('leave the value stale until a load succeeds', () => {
      played.answer({ t1: 'pending' });
      played.reconnect({ offset: 9, recovered: false });
      played.fail();
      expect([tasks.status(), tasks.stale()]).toEqual(['resolved', true]);
      tick(1_200);
      played.answer({ t1: 'completed' });

      expect([tasks.value(), tasks.stale()]).toEqual([{ t1: 'completed' }, false]);
    });
  });

  it('are none after a connection that resumed: nothing is loaded', () => {
    played = PlayedResource.connected();
    tasks = played.make();
    played.answer({ t1: 'pending' });
    played.reconnect({ offset: 0, recovered: true });

    expect([played.loads.length, tasks.stale()]).toEqual([1, false]);
  });

  it('before the first connection are loaded with it', () => {
    played = new PlayedResource(withRecovery());
    tasks = played.make();
    played.answer({ t1: 'pending' });
    played.connect();
    expect([tasks.status(), tasks.stale(), played.loads.length]).toEqual(['reloading', true, 2]);
    played.answer({ t1: 'completed' });

    expect([tasks.value(), tasks.stale()]).toEqual([{ t1: 'completed' }, false]);
  });

  it('before a tab follows another one are loaded when it does', async () => {
    const features = () => [withRetry({ jitter: 0 }), withRecovery(), withSharedConnection({ name: 'live' })];
    const browser = new FakeTabbedBrowser(features);
    browser.openTab();
    await settled();
    lastSocket()
      .accept()
      .emit({ event: 'connected', data: { client_id: 'c', epoch: 'e', offset: 3 } });
    await settled();
    const tab = new FakeTab(browser, 'ws://server.test/?tab=later', features());
    let loads = 0;
    const load = (): Promise<Tasks> => {
      loads += 1;
      return Promise.resolve({ t1: 'pending' });
    };
    realtimeResource({ load, injector: tab.injector.get(Injector) });
    await settled();
    tab.realtime.connect();
    await settled();

    expect(tab.realtime.status()).toBe('connected');
    expect(loads).toBe(2);
  });

  it('are possible with each reconnection of a client that does not resume', () => {
    played = new PlayedResource();
    played.connect();
    tasks = played.make();
    played.answer({ t1: 'pending' });
    played.reconnect({ offset: 0, recovered: false });
    played.answer({ t1: 'completed' });
    played.reconnect({ offset: 0, recovered: false });

    expect(played.loads.length).toBe(3);
  });
});
