import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { connectedClient, setUpClient, tick } from '../../spec-support/client';
import { settled } from '../../spec-support/fake-tab';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import type { RealtimeError } from '../realtime-error';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';

describe('a connection', () => {
  useFakeBrowser();

  describe('connecting', () => {
    it('opens nothing until it is told to', () => {
      const realtime = setUpClient();

      expect(FakeWebSocket.sockets.length).toBe(0);
      expect(realtime.status()).toBe('disconnected');
    });

    it('goes from connecting to connected', () => {
      const realtime = setUpClient();
      const seen: string[] = [];
      realtime.statusChanges.subscribe((status) => seen.push(status));

      realtime.connect();
      lastSocket().accept();

      expect(seen).toEqual(['disconnected', 'connecting', 'connected']);
    });

    it('makes one socket however often it is told to', () => {
      const realtime = connectedClient();

      realtime.connect();

      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('offers the subprotocols', () => {
      connectedClient({ protocols: ['one', 'two'] });

      expect(lastSocket().protocols).toEqual(['one', 'two']);
    });

    it('sends connect before anything a subscriber of the status sends', () => {
      const realtime = setUpClient();
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
      connectedClient({ handshake: false });

      expect(lastSocket().sent).toEqual([]);
    });

    it('S2: asks for its capabilities and keeps the client id for the next connection', () => {
      const realtime = connectedClient({ capabilities: ['streaming'] });
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
      const realtime = connectedClient();

      lastSocket().emit({ event: 'connected', client_id: 'flat' });

      expect(realtime.clientId()).toBe('flat');
    });

    it('gives up a socket that does not open in time and tries again', () => {
      const realtime = setUpClient({ connectTimeout: 3_000 });
      realtime.connect();

      tick(3_000);

      expect(lastSocket().closedWith).not.toBeNull();
      expect(realtime.lastError()?.code).toBe('connect-timeout');
      expect(realtime.status()).toBe('disconnected');
    });

    it('ends at once with an error for a URL that is none', () => {
      const realtime = setUpClient({ url: 'http://not-a-socket' });

      realtime.connect();

      expect(realtime.status()).toBe('error');
      expect(realtime.lastError()?.code).toBe('invalid-url');
    });

    it('stays silent on a server platform', () => {
      TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
      const realtime = setUpClient();

      realtime.connect();

      expect(FakeWebSocket.sockets.length).toBe(0);
      expect(realtime.send({ event: 'ping' })).toBeFalse();
    });
  });

  describe('disconnecting', () => {
    it('closes the socket with 1000', () => {
      const realtime = connectedClient();

      realtime.disconnect();

      expect(lastSocket().closedWith?.code).toBe(1000);
      expect(realtime.status()).toBe('disconnected');
    });

    it('is never undone by a waiting attempt', () => {
      const realtime = connectedClient();
      lastSocket().drop();

      realtime.disconnect();
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(realtime.attempt()).toBe(0);
    });

    it('while connecting does not harm the socket of the next connect', () => {
      const realtime = setUpClient();
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
      connectedClient();

      TestBed.resetTestingModule();

      expect(lastSocket().closedWith?.code).toBe(1000);
    });

    for (const [when, features] of [
      ['', [withRetry()]],
      [', with tabs that share', [withRetry(), withSharedConnection({ name: 'destroyed' })]],
    ] as const) {
      it(`lasts once the injector is destroyed, whatever is asked of the client${when}`, async () => {
        const realtime = setUpClient({}, features);
        realtime.connect();
        while (FakeWebSocket.sockets.length === 0) {
          await settled();
        }
        lastSocket().accept();
        expect(realtime.status()).toBe('connected');
        TestBed.resetTestingModule();
        expect(realtime.status()).toBe('disconnected');
        realtime.connect();
        await settled();

        expect([realtime.status(), FakeWebSocket.sockets.length]).toEqual(['disconnected', 1]);
        expect(realtime.send({ event: 'a' })).toBeFalse();
      });
    }

    it('in the middle of a message delivers nothing more', () => {
      const realtime = connectedClient();
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
      const realtime = connectedClient({ handshake: false });

      expect(realtime.send({ event: 'start', session_id: 's1' })).toBeTrue();
      expect(lastSocket().sent).toEqual(['{"event":"start","session_id":"s1"}']);
    });

    it('refuses before the socket is open, and does not send later', () => {
      const realtime = setUpClient({ handshake: false });
      realtime.connect();

      expect(realtime.send({ event: 'start' })).toBeFalse();
      lastSocket().accept();

      expect(lastSocket().sent).toEqual([]);
    });

    it('refuses while the socket is closing', () => {
      const realtime = connectedClient({ handshake: false });
      lastSocket().readyState = FakeWebSocket.CLOSING;

      expect(realtime.send({ event: 'start' })).toBeFalse();
      expect(lastSocket().sent).toEqual([]);
    });

    it('refuses and reports what cannot be written, and stays connected', () => {
      const realtime = connectedClient();
      const errors: RealtimeError[] = [];
      realtime.errors.subscribe((error) => errors.push(error));

      expect(realtime.send({ event: 'feedback', data: 1n })).toBeFalse();

      expect(errors.map(({ code }) => code)).toEqual(['unserializable-message']);
      expect(realtime.status()).toBe('connected');
    });
  });

  describe('unreadable frames', () => {
    it('are reported and neither end the stream nor close the socket', () => {
      const realtime = connectedClient();
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
      const realtime = connectedClient();
      realtime.messages.subscribe();
      realtime.messages.subscribe();

      lastSocket().deliver('not JSON');

      expect(FakeWebSocket.sockets.length).toBe(1);
    });
  });
});
