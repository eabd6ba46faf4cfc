import { TestBed } from '@angular/core/testing';
import { connectedClient, SERVER_URL, setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withRetry } from '../retry/with-retry';
import { Connection } from './connection';

describe('a lost connection', () => {
  useFakeBrowser();

  describe('losing the connection', () => {
    it('retries the first connection too', () => {
      const realtime = setUpClient();
      realtime.connect();
      lastSocket().drop();

      expect(realtime.status()).toBe('disconnected');
      tick(1_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it('counts the attempts and waits 1, 2, 4, 8 and 10 s', () => {
      const realtime = connectedClient();
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

    for (const code of [1012, 4429]) {
      it(`waits after ${code} as long as the server asks, and counts the attempt`, () => {
        const realtime = connectedClient();
        lastSocket().endWith(code, 'retry after 5000');
        tick(4_999);
        expect(FakeWebSocket.sockets.length).toBe(1);
        expect(realtime.attempt()).toBe(1);
        tick(1);

        expect(FakeWebSocket.sockets.length).toBe(2);
      });
    }

    it('waits no less than without being asked to', () => {
      connectedClient();
      lastSocket().endWith(1012, 'retry after 10');
      tick(999);
      expect(FakeWebSocket.sockets.length).toBe(1);
      tick(1);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it('waits a minute at most', () => {
      connectedClient();
      lastSocket().endWith(4429, 'retry after 86400000');
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it('is not hurried before the time that the server asked for', () => {
      connectedClient();
      lastSocket().endWith(4429, 'retry after 20000');
      TestBed.inject(Connection).wake();
      expect(FakeWebSocket.sockets.length).toBe(1);
      tick(20_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it('ends with an error when five attempts have failed', () => {
      const realtime = connectedClient();
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
      const realtime = setUpClient({}, [withRetry({ maxAttempts: 0 })]);
      realtime.connect();
      lastSocket().drop();
      expect(realtime.status()).toBe('error');

      realtime.connect();
      lastSocket().accept();

      expect(realtime.status()).toBe('connected');
      expect(realtime.lastError()).toBeNull();
    });

    it('does not retry without withRetry()', () => {
      const realtime = connectedClient({}, []);
      lastSocket().drop();
      tick(60_000);

      expect(realtime.status()).toBe('error');
      expect(FakeWebSocket.sockets.length).toBe(1);
    });

    it('forgets failed attempts only after the connection proved stable, not at its first message', () => {
      const realtime = connectedClient();
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
      const realtime = setUpClient({ url: () => `${SERVER_URL}?attempt=${(calls += 1)}` });
      realtime.connect();
      await Promise.resolve();
      await Promise.resolve();
      lastSocket().drop();
      tick(1_000);
      await Promise.resolve();
      await Promise.resolve();

      expect(FakeWebSocket.sockets.map(({ url }) => url)).toEqual([
        `${SERVER_URL}?attempt=1`,
        `${SERVER_URL}?attempt=2`,
      ]);
    });

    it('does not lose the close code when an error event comes first', () => {
      const realtime = connectedClient();

      lastSocket().drop();

      expect(realtime.lastError()).toEqual(
        jasmine.objectContaining({ code: 'connection-closed', closeCode: 1006 }),
      );
    });
  });

  describe('close codes', () => {
    for (const code of [1001, 1005, 1011, 1012, 1013, 4999]) {
      it(`tries again after ${code}, although the close was clean`, () => {
        const realtime = connectedClient();

        lastSocket().endWith(code);
        tick(1_000);

        expect(FakeWebSocket.sockets.length).toBe(2);
        expect(realtime.status()).toBe('disconnected');
      });
    }

    for (const code of [1008, 1009, 4400, 4401, 4403]) {
      it(`ends with an error after ${code}`, () => {
        const realtime = connectedClient();

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
      const realtime = connectedClient();

      lastSocket().endWith(1000);
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(realtime.status()).toBe('disconnected');
      expect(realtime.lastError()).toBeNull();
    });

    it('follows the policy of the application', () => {
      connectedClient({ closePolicy: { 4401: 'retry' } });

      lastSocket().endWith(4401);
      tick(1_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });
  });
});
