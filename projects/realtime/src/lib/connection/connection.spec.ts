import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withHeartbeat } from '../heartbeat/with-heartbeat';
import { provideRealtime } from '../provide-realtime';
import type { RealtimeConfig } from '../realtime-config';
import type { RealtimeError } from '../realtime-error';
import type { RealtimeFeature } from '../realtime-feature';
import { RealtimeService } from '../realtime-service';
import { withRetry } from '../retry/with-retry';

const URL = 'ws://server.test/ws/ws';

describe('the connection', () => {
  useFakeBrowser();

  function setUp(
    config: Partial<RealtimeConfig> = {},
    features: readonly RealtimeFeature[] = [withRetry({ jitter: 0 })],
  ): RealtimeService {
    TestBed.configureTestingModule({ providers: [provideRealtime({ url: URL, ...config }, ...features)] });
    return TestBed.inject(RealtimeService);
  }

  function connected(...setUpWith: Parameters<typeof setUp>): RealtimeService {
    const realtime = setUp(...setUpWith);
    realtime.connect();
    lastSocket().accept();
    return realtime;
  }

  function tick(milliseconds: number): void {
    jasmine.clock().tick(milliseconds);
  }

  describe('connecting', () => {
    it('opens nothing until it is told to', () => {
      const realtime = setUp();

      expect(FakeWebSocket.sockets.length).toBe(0);
      expect(realtime.status()).toBe('disconnected');
    });

    it('goes from connecting to connected', () => {
      const realtime = setUp();
      const seen: string[] = [];
      realtime.statusChanges.subscribe((status) => seen.push(status));

      realtime.connect();
      lastSocket().accept();

      expect(seen).toEqual(['disconnected', 'connecting', 'connected']);
    });

    it('makes one socket however often it is told to', () => {
      const realtime = connected();

      realtime.connect();

      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('offers the subprotocols', () => {
      connected({ protocols: ['one', 'two'] });

      expect(lastSocket().protocols).toEqual(['one', 'two']);
    });

    it('sends connect before anything a subscriber of the status sends', () => {
      const realtime = setUp();
      realtime.statusChanges.subscribe((status) => {
        if (status === 'connected') {
          realtime.send({ event: 'subscribe' });
        }
      });

      realtime.connect();
      lastSocket().accept();

      expect(lastSocket().sentEvents).toEqual(['connect', 'subscribe']);
    });

    it('sends no connect when the handshake is off', () => {
      connected({ handshake: false });

      expect(lastSocket().sent).toEqual([]);
    });

    it('S2: asks for its capabilities and keeps the client id for the next connection', () => {
      const realtime = connected({ capabilities: ['streaming'] });
      lastSocket().emit({ event: 'connected', data: { client_id: 'c1' } });
      lastSocket().drop();
      tick(1_000);
      lastSocket().accept();

      expect(realtime.clientId()).toBe('c1');
      expect(lastSocket().sent[0]).toBe(
        '{"event":"connect","data":{"client_id":"c1","capabilities":["streaming"]}}',
      );
    });

    it('takes the client id from the top level of a flat message', () => {
      const realtime = connected();

      lastSocket().emit({ event: 'connected', client_id: 'flat' });

      expect(realtime.clientId()).toBe('flat');
    });

    it('gives up a socket that does not open in time and tries again', () => {
      const realtime = setUp({ connectTimeout: 3_000 });
      realtime.connect();

      tick(3_000);

      expect(lastSocket().closedWith).not.toBeNull();
      expect(realtime.lastError()?.code).toBe('connect-timeout');
      expect(realtime.status()).toBe('disconnected');
    });

    it('ends at once with an error for a URL that is none', () => {
      const realtime = setUp({ url: 'http://not-a-socket' });

      realtime.connect();

      expect(realtime.status()).toBe('error');
      expect(realtime.lastError()?.code).toBe('invalid-url');
    });

    it('stays silent on a server platform', () => {
      TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
      const realtime = setUp();

      realtime.connect();

      expect(FakeWebSocket.sockets.length).toBe(0);
      expect(realtime.send({ event: 'ping' })).toBeFalse();
    });
  });

  describe('losing the connection', () => {
    it('retries the first connection too', () => {
      const realtime = setUp();
      realtime.connect();
      lastSocket().drop();

      expect(realtime.status()).toBe('disconnected');
      tick(1_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it('counts the attempts and waits 1, 2, 4, 8 and 10 s', () => {
      const realtime = connected();
      const waits: number[] = [];
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        lastSocket().drop();
        expect(realtime.attempt()).toBe(attempt);
        const before = FakeWebSocket.sockets.length;
        let waited = 0;
        while (FakeWebSocket.sockets.length === before) {
          tick(500);
          waited += 500;
        }
        waits.push(waited);
      }

      expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 10_000]);
    });

    it('ends with an error when five attempts have failed', () => {
      const realtime = connected();
      lastSocket().drop();
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        tick(10_000);
        lastSocket().drop();
      }
      tick(60_000);

      expect(realtime.status()).toBe('error');
      expect(FakeWebSocket.sockets.length).toBe(6);
    });

    it('begins anew when told to after it gave up', () => {
      const realtime = setUp({}, [withRetry({ maxAttempts: 0 })]);
      realtime.connect();
      lastSocket().drop();
      expect(realtime.status()).toBe('error');

      realtime.connect();
      lastSocket().accept();

      expect(realtime.status()).toBe('connected');
      expect(realtime.lastError()).toBeNull();
    });

    it('does not retry without withRetry()', () => {
      const realtime = connected({}, []);
      lastSocket().drop();
      tick(60_000);

      expect(realtime.status()).toBe('error');
      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('forgets failed attempts only after the connection proved stable, not at its first message', () => {
      const realtime = connected();
      lastSocket().drop();
      tick(1_000);
      lastSocket().accept().emit({ event: 'pong' });
      tick(4_999);
      lastSocket().drop();
      expect(realtime.attempt()).toBe(2);

      tick(2_000);
      lastSocket().accept();
      tick(5_000);
      lastSocket().drop();

      expect(realtime.attempt()).toBe(1);
    });

    it('calls the URL function for every attempt', async () => {
      let calls = 0;
      const realtime = setUp({ url: () => `${URL}?attempt=${(calls += 1)}` });
      realtime.connect();
      await Promise.resolve();
      await Promise.resolve();
      lastSocket().drop();
      tick(1_000);
      await Promise.resolve();
      await Promise.resolve();

      expect(FakeWebSocket.sockets.map(({ url }) => url)).toEqual([`${URL}?attempt=1`, `${URL}?attempt=2`]);
    });

    it('does not lose the close code when an error event comes first', () => {
      const realtime = connected();

      lastSocket().drop();

      expect(realtime.lastError()).toEqual(
        jasmine.objectContaining({ code: 'connection-closed', closeCode: 1006 }),
      );
    });
  });

  describe('close codes', () => {
    for (const code of [1001, 1005, 1011, 1012, 1013, 4999]) {
      it(`tries again after ${code}, although the close was clean`, () => {
        const realtime = connected();

        lastSocket().endWith(code);
        tick(1_000);

        expect(FakeWebSocket.sockets.length).toBe(2);
        expect(realtime.status()).toBe('disconnected');
      });
    }

    for (const code of [1008, 1009, 4400, 4401, 4403]) {
      it(`ends with an error after ${code}`, () => {
        const realtime = connected();

        lastSocket().endWith(code, 'because');
        tick(60_000);

        expect(FakeWebSocket.sockets.length).toBe(1);
        expect(realtime.status()).toBe('error');
        expect(realtime.lastError()).toEqual(
          jasmine.objectContaining({ closeCode: code, reason: 'because' }),
        );
      });
    }

    it('stays closed without an error after 1000', () => {
      const realtime = connected();

      lastSocket().endWith(1000);
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(realtime.status()).toBe('disconnected');
      expect(realtime.lastError()).toBeNull();
    });

    it('follows the policy of the application', () => {
      connected({ closePolicy: { 4401: 'retry' } });

      lastSocket().endWith(4401);
      tick(1_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });
  });

  describe('disconnecting', () => {
    it('closes the socket with 1000', () => {
      const realtime = connected();

      realtime.disconnect();

      expect(lastSocket().closedWith?.code).toBe(1000);
      expect(realtime.status()).toBe('disconnected');
    });

    it('is never undone by a waiting attempt', () => {
      const realtime = connected();
      lastSocket().drop();

      realtime.disconnect();
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(realtime.attempt()).toBe(0);
    });

    it('while connecting does not harm the socket of the next connect', () => {
      const realtime = setUp();
      realtime.connect();
      const first = lastSocket();
      realtime.disconnect();
      realtime.connect();
      const second = lastSocket();

      second.accept();
      first.endWith(1006);

      expect(first.closedWith).not.toBeNull();
      expect(second.closedWith).toBeNull();
      expect(realtime.status()).toBe('connected');
    });

    it('happens when the injector is destroyed', () => {
      connected();

      TestBed.resetTestingModule();

      expect(lastSocket().closedWith?.code).toBe(1000);
    });

    it('in the middle of a message delivers nothing more', () => {
      const realtime = connected();
      const seen: unknown[] = [];
      realtime.messages.subscribe(({ event }) => {
        seen.push(event);
        realtime.disconnect();
      });
      const socket = lastSocket();

      socket.emit({ event: 'one' });
      socket.emit({ event: 'two' });

      expect(seen).toEqual(['one']);
    });
  });

  describe('sending', () => {
    it('says that a message was handed to the socket', () => {
      const realtime = connected({ handshake: false });

      expect(realtime.send({ event: 'start', session_id: 's1' })).toBeTrue();
      expect(lastSocket().sent).toEqual(['{"event":"start","session_id":"s1"}']);
    });

    it('refuses before the socket is open, and does not send later', () => {
      const realtime = setUp({ handshake: false });
      realtime.connect();

      expect(realtime.send({ event: 'start' })).toBeFalse();
      lastSocket().accept();

      expect(lastSocket().sent).toEqual([]);
    });

    it('refuses while the socket is closing', () => {
      const realtime = connected({ handshake: false });
      lastSocket().readyState = FakeWebSocket.CLOSING;

      expect(realtime.send({ event: 'start' })).toBeFalse();
      expect(lastSocket().sent).toEqual([]);
    });

    it('refuses and reports what cannot be written, and stays connected', () => {
      const realtime = connected();
      const errors: RealtimeError[] = [];
      realtime.errors.subscribe((error) => errors.push(error));

      expect(realtime.send({ event: 'feedback', data: 1n })).toBeFalse();

      expect(errors.map(({ code }) => code)).toEqual(['unserializable-message']);
      expect(realtime.status()).toBe('connected');
    });
  });

  describe('unreadable frames', () => {
    it('are reported and neither end the stream nor close the socket', () => {
      const realtime = connected();
      const seen: unknown[] = [];
      const codes: string[] = [];
      realtime.messages.subscribe(({ event }) => seen.push(event));
      realtime.errors.subscribe(({ code }) => codes.push(code));

      lastSocket().deliver('{"event":');
      lastSocket().deliver(new ArrayBuffer(1));
      lastSocket().emit({ event: 'task.update' });

      expect(codes).toEqual(['undecodable-frame', 'undecodable-frame']);
      expect(seen).toEqual(['task.update']);
      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('make no further sockets with several subscribers', () => {
      const realtime = connected();
      realtime.messages.subscribe();
      realtime.messages.subscribe();

      lastSocket().deliver('not JSON');

      expect(FakeWebSocket.sockets.length).toBe(1);
    });
  });

  describe('the heartbeat', () => {
    const heartbeat = () => connected({ handshake: false }, [withRetry({ jitter: 0 }), withHeartbeat()]);

    it('sends a ping every 30 s', () => {
      heartbeat();
      tick(30_000);
      lastSocket().emit({ event: 'pong' });
      tick(30_000);

      expect(lastSocket().sentEvents).toEqual(['ping', 'ping']);
    });

    it('takes a link as dead that was silent for interval and timeout, and connects again', () => {
      const realtime = heartbeat();
      tick(39_999);
      expect(realtime.status()).toBe('connected');
      tick(2);

      expect(realtime.lastError()?.code).toBe('dead-link');
      tick(1_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it('counts any frame as life, even an unreadable one', () => {
      const realtime = heartbeat();
      tick(35_000);
      lastSocket().deliver('not JSON');
      tick(39_000);

      expect(realtime.status()).toBe('connected');
    });

    it('judges from the last frame heard, not from the last ping', () => {
      const realtime = heartbeat();
      tick(5_000);
      lastSocket().emit({ event: 'progress.update' });
      tick(40_002);

      expect(realtime.lastError()?.code).toBe('dead-link');
    });

    it('asks once more after the device slept, and stays connected when the server answers', () => {
      const realtime = heartbeat();
      jasmine.clock().mockDate(new Date(Date.now() + 3_600_000));
      tick(40_000);
      expect(lastSocket().sentEvents.at(-1)).toBe('ping');
      lastSocket().emit({ event: 'pong' });
      tick(10_000);

      expect(realtime.status()).toBe('connected');
    });

    it('asks once more after the device slept, and reconnects when nobody answers', () => {
      const realtime = heartbeat();
      jasmine.clock().mockDate(new Date(Date.now() + 3_600_000));
      tick(50_000);

      expect(realtime.lastError()?.code).toBe('dead-link');
    });

    it('stops with the connection', () => {
      const realtime = heartbeat();
      realtime.disconnect();
      tick(120_000);

      expect(lastSocket().sent).toEqual([]);
    });
  });
});
