import { inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { filter, interval, map, type SchedulerLike, switchMap, take, takeUntil, tap, timer } from 'rxjs';
import {
  defineEvent,
  provideRealtime,
  REALTIME_SCHEDULER,
  type RealtimeCodec,
  RealtimeError,
  type RealtimeExtension,
  type RealtimeHooks,
  type RealtimeLink,
  RealtimeService,
  withRetry,
} from '../../public-api';
import { tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';

/**
 * The format of a server that cannot be changed: `{"type": …, "payload": …}`, and beside it the bare texts
 * `ready`, `are you there?` and `yes`.
 */
const TYPED_JSON: RealtimeCodec = {
  name: 'typed JSON',
  decode: (frame) => {
    if (frame === 'ready' || frame === 'yes') {
      return { event: frame };
    }
    const value: unknown = typeof frame === 'string' ? JSON.parse(frame) : null;
    return isTyped(value) && { event: value.type, data: value.payload };
  },
  encode: ({ event, data }) =>
    event === 'are you there?' ? event : JSON.stringify({ type: event, payload: data }),
};

function isTyped(value: unknown): value is { readonly type: string; readonly payload?: unknown } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Everything about that server, by the public API alone. */
class OwnProtocol implements RealtimeHooks {
  readonly #scheduler: SchedulerLike;
  readonly codec = TYPED_JSON;

  constructor(scheduler: SchedulerLike) {
    this.#scheduler = scheduler;
  }

  /** The server says when it is ready, once it knows the client. */
  ready(link: RealtimeLink) {
    link.send({ event: 'login', data: 'ada' });
    return answers(link, 'ready');
  }

  /** Asks every 5 s; a server that does not answer within 2 s is gone, whatever else it sends. */
  accompany(link: RealtimeLink) {
    return interval(5_000, this.#scheduler).pipe(
      tap(() => link.send({ event: 'are you there?' })),
      switchMap(() => timer(2_000, this.#scheduler).pipe(takeUntil(answers(link, 'yes')))),
      map(() => {
        throw new RealtimeError('dead-link', 'The server does not say that it is there.');
      }),
    );
  }
}

function answers({ messages }: RealtimeLink, answer: string) {
  return messages.pipe(
    filter(({ event }) => event === answer),
    take(1),
  );
}

function withOwnProtocol(): RealtimeExtension {
  return { id: 'own-protocol', hooks: () => new OwnProtocol(inject(REALTIME_SCHEDULER)) };
}

describe('a server with a protocol of its own, by an extension alone', () => {
  useFakeBrowser();

  let realtime: RealtimeService;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideRealtime(
          { url: 'ws://plain.test', handshake: false, connectTimeout: 3_000 },
          withRetry({ jitter: 0 }),
          withOwnProtocol(),
        ),
      ],
    });
    realtime = TestBed.inject(RealtimeService);
    realtime.connect();
    lastSocket().accept();
  });

  it('is connected when that server says that it is ready', () => {
    expect(realtime.status()).toBe('connecting');
    lastSocket().deliver('ready');

    expect(realtime.status()).toBe('connected');
  });

  it('is not connected by another message', () => {
    lastSocket().deliver('{"type": "news"}');

    expect(realtime.status()).toBe('connecting');
  });

  it('says nothing but what that server understands', () => {
    lastSocket().deliver('ready');
    realtime.send({ event: 'buy', data: { id: 7 } });
    tick(5_000);

    expect(lastSocket().sent).toEqual([
      '{"type":"login","payload":"ada"}',
      '{"type":"buy","payload":{"id":7}}',
      'are you there?',
    ]);
  });

  it('takes nothing to send before that', () => {
    expect(realtime.send({ event: 'buy' })).toBeFalse();
  });

  it('tries again where that server is not ready in time', () => {
    tick(3_000);

    expect([realtime.status(), realtime.lastError()?.code]).toEqual(['disconnected', 'connect-timeout']);
    expect(lastSocket().closedWith?.code).toBe(1000);
    tick(1_000);
    expect(FakeWebSocket.sockets.length).toBe(2);
  });

  it('hears its events by name', () => {
    const prices: unknown[] = [];
    realtime.on(defineEvent('price')).subscribe(({ data }) => prices.push(data));
    lastSocket().deliver('ready');
    lastSocket().deliver('{"type": "price", "payload": 3}');

    expect(prices).toEqual([3]);
  });

  it('reports a frame that is not of that format, and goes on', () => {
    const codes: string[] = [];
    realtime.errors.subscribe(({ code }) => codes.push(code));
    lastSocket().deliver('ready');
    lastSocket().deliver('<xml/>');

    expect(codes).toEqual(['undecodable-frame']);
    expect(realtime.status()).toBe('connected');
  });

  it('stays connected as long as that server answers', () => {
    lastSocket().deliver('ready');
    for (let round = 0; round < 3; round += 1) {
      tick(5_000);
      lastSocket().deliver('yes');
    }
    tick(4_000);

    expect(realtime.status()).toBe('connected');
  });

  it('takes the link as dead by the rule of that server, although it still sends', () => {
    lastSocket().deliver('ready');
    tick(6_000);
    lastSocket().deliver('{"type": "news"}');
    tick(1_000);

    expect([realtime.status(), realtime.lastError()?.code]).toEqual(['disconnected', 'dead-link']);
  });

  it('logs in again on the next link', () => {
    lastSocket().deliver('ready');
    lastSocket().drop();
    tick(1_000);
    lastSocket().accept();

    expect(lastSocket().sent).toEqual(['{"type":"login","payload":"ada"}']);
    expect(realtime.status()).toBe('disconnected');
    lastSocket().deliver('ready');
    expect(realtime.status()).toBe('connected');
  });
});
