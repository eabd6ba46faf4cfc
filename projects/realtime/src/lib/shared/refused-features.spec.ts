import { createEnvironmentInjector, DOCUMENT, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeChannels, FakeLocks, FakeTabTasks } from '../../spec-support/fake-tab-boundary';
import { settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { RealtimeClients } from '../clients/realtime-clients';
import { provideRealtime } from '../provide-realtime';
import { RealtimeService } from '../realtime-service';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from './with-shared-connection';

function refuse(): never {
  throw new DOMException('Denied.', 'SecurityError');
}

describe('withSharedConnection in a browser that has the means and refuses them', () => {
  useFakeBrowser();

  const tasks = new FakeTabTasks();
  const Channel = new FakeChannels().of(tasks);

  class NoChannel extends Channel {
    constructor() {
      super(refuse());
    }
  }

  class MuteChannel extends Channel {
    override postMessage(): void {
      refuse();
    }
  }

  const means: Record<string, () => object> = {
    'throws where its locks are asked for': () =>
      Object.defineProperty({ BroadcastChannel: Channel }, 'navigator', { get: refuse }),
    'throws where its channels are asked for': () =>
      Object.defineProperty({ navigator: { locks: new FakeLocks().of(tasks) } }, 'BroadcastChannel', {
        get: refuse,
      }),
    'gives no lock': () => ({
      navigator: { locks: { request: () => Promise.reject(new DOMException('Denied.', 'SecurityError')) } },
      BroadcastChannel: Channel,
    }),
    'throws instead of giving a lock': () => ({
      navigator: { locks: { request: refuse } },
      BroadcastChannel: Channel,
    }),
    'makes no channel': () => ({
      navigator: { locks: new FakeLocks().of(tasks) },
      BroadcastChannel: NoChannel,
    }),
    'says nothing on its channels': () => ({
      navigator: { locks: new FakeLocks().of(tasks) },
      BroadcastChannel: MuteChannel,
    }),
  };

  for (const [what, window] of Object.entries(means)) {
    it(`gives the tab a socket of its own, which it keeps (${what})`, async () => {
      const document = Object.assign(new EventTarget(), {
        defaultView: Object.assign(window(), {
          addEventListener: () => undefined,
          removeEventListener: () => undefined,
        }),
      });
      const injector = createEnvironmentInjector(
        [
          RealtimeClients,
          { provide: DOCUMENT, useValue: document },
          provideRealtime({ url: 'ws://server.test/' }, withRetry({ jitter: 0 }), withSharedConnection()),
        ],
        TestBed.inject(EnvironmentInjector),
      );
      const realtime = injector.get(RealtimeService);
      const seen: unknown[] = [];
      realtime.messages.subscribe(({ event }) => seen.push(event));
      realtime.connect();
      await settled();
      lastSocket().accept();
      lastSocket().emit({ event: 'task.update' });
      await settled();
      jasmine.clock().tick(60_000);
      await settled();

      expect(realtime.send({ event: 'start' })).toBeTrue();
      expect(lastSocket().sentEvents).toEqual(['connect', 'start']);
      expect(seen).toEqual(['task.update']);
      expect(realtime.status()).toBe('connected');
      expect(lastSocket().closedWith).toBeNull();
      injector.destroy();
      expect(FakeWebSocket.sockets.filter(({ closedWith }) => closedWith === null)).toEqual([]);
    });
  }
});
