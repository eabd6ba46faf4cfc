import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { RealtimeClients } from '../clients/realtime-clients';
import { provideRealtime } from '../provide-realtime';
import { RealtimeService } from '../realtime-service';
import { withSharedConnection } from './with-shared-connection';

describe('withSharedConnection over the Web Locks and BroadcastChannel of the browser', () => {
  useFakeBrowser();

  /** An application of its own: clients of one page find each other as those of two tabs do. */
  function openClient(name: string) {
    const injector = createEnvironmentInjector(
      [RealtimeClients, provideRealtime({ url: 'ws://server.test/' }, withSharedConnection({ name }))],
      TestBed.inject(EnvironmentInjector),
    );
    const realtime = injector.get(RealtimeService);
    const seen: unknown[] = [];
    realtime.messages.subscribe(({ event }) => seen.push(event));
    realtime.connect();
    return { injector, realtime, seen };
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await settled();
    }
  }

  it('elects one, carries messages both ways, and lets the next take over', async () => {
    const name = crypto.randomUUID();
    const first = openClient(name);
    await until(() => FakeWebSocket.sockets.length === 1);
    const second = openClient(name);
    lastSocket().accept();
    await until(() => second.realtime.status() === 'connected');

    lastSocket().emit({ event: 'task.update' });
    second.realtime.send({ event: 'start' });
    await until(() => second.seen.length === 1 && lastSocket().sentEvents.includes('start'));
    expect(first.seen).toEqual(second.seen);
    expect(FakeWebSocket.sockets.length).toBe(1);

    first.injector.destroy();
    await until(() => FakeWebSocket.sockets.length === 2);
    lastSocket().accept();

    expect(second.realtime.status()).toBe('connected');
    second.injector.destroy();
  });

  it('overthrows a leader that says nothing', async () => {
    const name = crypto.randomUUID();
    const lock = `@creative-autogpt/realtime 4 ${name}`;
    let isOverthrown = false;
    void navigator.locks.request(lock, () => new Promise(() => undefined)).catch(() => (isOverthrown = true));
    const client = openClient(name);
    jasmine.clock().tick(15_000);
    await until(() => FakeWebSocket.sockets.length === 1);

    expect(isOverthrown).toBeTrue();
    client.injector.destroy();
  });
});
