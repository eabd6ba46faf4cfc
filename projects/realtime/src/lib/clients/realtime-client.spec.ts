import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { defineEvent } from '../events/event-definition';
import { defineHandlers } from '../handlers/define-handlers';
import { RealtimeOutbox } from '../outbox/realtime-outbox';
import { withOutbox } from '../outbox/with-outbox';
import { provideRealtime } from '../provide-realtime';
import { RealtimeService } from '../realtime-service';
import { PositionStorage } from '../recovery/position-storage';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';
import { defineRealtimeClient, injectRealtime, provideRealtimeClient } from './realtime-client';

const MAIN_URL = 'ws://main.test/';
const PRICES_URL = 'ws://prices.test/';
const prices = defineRealtimeClient('prices');

describe('named clients', () => {
  useFakeBrowser();

  function pricesOf(injector: EnvironmentInjector): RealtimeService {
    return injector.get(prices.ɵinjector).get(RealtimeService);
  }

  /** A part of the application with an injector of its own, such as a lazy route. */
  function openPart(): EnvironmentInjector {
    return createEnvironmentInjector(
      [provideRealtimeClient(prices, { url: PRICES_URL }, withRetry())],
      TestBed.inject(EnvironmentInjector),
    );
  }

  it('stand beside the main client, each with a connection and a state of its own', () => {
    TestBed.configureTestingModule({
      providers: [provideRealtime({ url: MAIN_URL }), provideRealtimeClient(prices, { url: PRICES_URL })],
    });
    const main = TestBed.inject(RealtimeService);
    const other = TestBed.runInInjectionContext(() => injectRealtime(prices));
    main.connect();
    other.connect();
    lastSocket().accept();

    expect(FakeWebSocket.sockets.map(({ url }) => url)).toEqual([MAIN_URL, PRICES_URL]);
    expect([main.status(), other.status()]).toEqual(['connecting', 'connected']);
  });

  it('offer what their features offer, and nothing of another client', () => {
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: MAIN_URL }),
        provideRealtimeClient(prices, { url: PRICES_URL }, withOutbox()),
      ],
    });

    const outbox = TestBed.runInInjectionContext(() => injectRealtime(prices, RealtimeOutbox));

    expect(outbox.depth()).toBe(0);
    expect(TestBed.inject(RealtimeOutbox, null, { optional: true })).toBeNull();
  });

  it('hand their events to handlers that are made for them', () => {
    TestBed.configureTestingModule({
      providers: [provideRealtime({ url: MAIN_URL }), provideRealtimeClient(prices, { url: PRICES_URL })],
    });
    const injectHandlers = defineHandlers({ onPrice: defineEvent('price') }, prices);
    const seen: unknown[] = [];
    TestBed.runInInjectionContext(() => {
      injectHandlers({ onPrice: ({ value }) => seen.push(value) });
    });
    lastSocket().accept().emit({ event: 'price', value: 7 });

    expect(lastSocket().url).toBe(PRICES_URL);
    expect(seen).toEqual([7]);
  });

  it('share one connection among all injectors that ask for the same URL', () => {
    const [one, two] = [openPart(), openPart()];
    pricesOf(one).connect();
    pricesOf(two).connect();

    expect(pricesOf(one)).toBe(pricesOf(two));
    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('close the connection when the last injector that asked is destroyed', () => {
    const [one, two] = [openPart(), openPart()];
    pricesOf(one).connect();
    pricesOf(two).connect();
    lastSocket().accept();

    one.destroy();
    expect(lastSocket().closedWith).toBeNull();
    two.destroy();

    expect(lastSocket().closedWith?.code).toBe(1000);
  });

  it('begin anew when they are asked for after that', () => {
    const one = openPart();
    pricesOf(one).connect();
    one.destroy();

    const two = openPart();
    pricesOf(two).connect();

    expect(FakeWebSocket.sockets.length).toBe(2);
  });

  it('refuse the same URL with other features, naming both', () => {
    pricesOf(openPart());
    const other = createEnvironmentInjector(
      [provideRealtimeClient(prices, { url: PRICES_URL }, withOutbox())],
      TestBed.inject(EnvironmentInjector),
    );

    expect(() => pricesOf(other)).toThrowError(/ws:\/\/prices\.test\/.*\[retry\].*\[outbox\]/);
  });

  it('keep apart what they store, also where their URLs are computed', () => {
    sessionStorage.clear();
    const clients = ['left', 'right'].map(defineRealtimeClient);
    TestBed.configureTestingModule({
      providers: clients.map((client) =>
        provideRealtimeClient(client, { url: () => `ws://${client.name}.test/` }, withRecovery()),
      ),
    });
    const [left, right] = clients.map((client) =>
      TestBed.runInInjectionContext(() => injectRealtime(client, PositionStorage)),
    );
    left?.save({ epoch: 'e1', offset: 1 });

    expect(left?.load()).toEqual({ epoch: 'e1', offset: 1 });
    expect(right?.load()).toBeNull();
  });

  it('share with the main client too', () => {
    TestBed.configureTestingModule({ providers: [provideRealtime({ url: PRICES_URL }, withRetry())] });
    TestBed.inject(RealtimeService).connect();
    pricesOf(openPart()).connect();

    expect(FakeWebSocket.sockets.length).toBe(1);
  });
});
