import { inject, InjectionToken } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, of, throwError } from 'rxjs';
import { setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import type { RealtimeConfig } from '../realtime-config';
import type { RealtimeError } from '../realtime-error';
import { withRetry } from '../retry/with-retry';
import type { AuthOptions, TokenReason } from './auth-options';
import { withAuth } from './with-auth';

/** A client whose tokens are `t1`, `t2`… unless `options` say otherwise. */
function authClient(options: Partial<AuthOptions> = {}, config: Partial<RealtimeConfig> = {}) {
  const reasons: TokenReason[] = [];
  const errors: RealtimeError[] = [];
  const token = (reason: TokenReason): string => `t${reasons.push(reason)}`;
  const realtime = setUpClient(config, [withRetry({ jitter: 0 }), withAuth({ token, ...options })]);
  realtime.errors.subscribe((error) => errors.push(error));
  return { realtime, reasons, errors };
}

/** A token function whose promises the spec settles. */
function slowTokens() {
  const settle: ((token: string) => void)[] = [];
  return { settle, token: () => new Promise<string>((resolve) => settle.push(resolve)) };
}

async function promisesSettled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) {
    await Promise.resolve();
  }
}

function sentToken(socket = lastSocket()): unknown {
  return socket.sentMessages[0]?.['data'];
}

describe('withAuth', () => {
  useFakeBrowser();

  describe('the token', () => {
    it('goes in the first message, and nowhere else', () => {
      const { realtime } = authClient();
      realtime.connect();
      lastSocket().accept();

      expect(lastSocket().url).not.toContain('t1');
      expect(lastSocket().protocols).toEqual([]);
      expect(lastSocket().sentMessages).toEqual([
        { event: 'connect', data: { token: 't1', capabilities: ['auth'] } },
      ]);
    });

    it('is asked for before every attempt', () => {
      const { realtime, reasons } = authClient();
      realtime.connect();
      lastSocket().drop();
      tick(1_000);
      lastSocket().accept();

      expect(reasons).toEqual(['connect', 'connect']);
      expect(sentToken()).toEqual(jasmine.objectContaining({ token: 't2' }));
    });

    it('may come from a promise: no socket is made before', async () => {
      const { settle, token } = slowTokens();
      const { realtime } = authClient({ token });
      realtime.connect();
      await promisesSettled();
      expect(FakeWebSocket.sockets.length).toBe(0);

      settle[0]?.('later');
      await promisesSettled();
      lastSocket().accept();

      expect(sentToken()).toEqual(jasmine.objectContaining({ token: 'later' }));
    });

    it('may come from an observable, whose first value counts', () => {
      const { realtime } = authClient({ token: () => of('first', 'second') });
      realtime.connect();
      lastSocket().accept();

      expect(sentToken()).toEqual(jasmine.objectContaining({ token: 'first' }));
    });

    it('function runs in an injection context', () => {
      const NAME = new InjectionToken<string>('name');
      TestBed.configureTestingModule({ providers: [{ provide: NAME, useValue: 'injected' }] });
      const { realtime } = authClient({ token: () => inject(NAME) });
      realtime.connect();
      lastSocket().accept();

      expect(sentToken()).toEqual(jasmine.objectContaining({ token: 'injected' }));
    });
  });

  describe('without a token', () => {
    const failures: readonly [string, AuthOptions['token']][] = [
      [
        'throws',
        () => {
          throw new Error('signed out');
        },
      ],
      ['errors', () => throwError(() => new Error('signed out'))],
      ['gives nothing', () => NEVER.pipe()],
      ['gives an empty string', () => ''],
    ];
    for (const [what, token] of failures) {
      it(`a function that ${what} fails the attempt, which is tried again`, () => {
        const { realtime, errors } = authClient({ token, timeout: 500 });
        realtime.connect();
        tick(500);

        expect(errors.map(({ code }) => code)).toEqual(['token-unavailable']);
        expect(realtime.attempt()).toBe(1);
        expect(FakeWebSocket.sockets.length).toBe(0);
      });
    }

    it('a rejected promise fails the attempt, and the next may succeed', async () => {
      const answers = [Promise.reject(new Error('offline')), Promise.resolve('good')];
      const { realtime } = authClient({ token: () => answers.shift() ?? 'none' });
      realtime.connect();
      await promisesSettled();
      expect(realtime.lastError()?.code).toBe('token-unavailable');

      tick(1_000);
      await promisesSettled();
      lastSocket().accept();

      expect(realtime.status()).toBe('connected');
    });

    it('attempts are limited as all others', () => {
      const { realtime } = authClient({ token: () => '' });
      realtime.connect();
      tick(60_000);

      expect(realtime.status()).toBe('error');
      expect(realtime.lastError()?.code).toBe('token-unavailable');
    });
  });

  describe('a disconnect while the token is awaited', () => {
    it('leaves no socket when the token comes', async () => {
      const { settle, token } = slowTokens();
      const { realtime } = authClient({ token });
      realtime.connect();
      realtime.disconnect();
      settle[0]?.('late');
      await promisesSettled();

      expect(FakeWebSocket.sockets.length).toBe(0);
      expect(realtime.status()).toBe('disconnected');
    });

    it('and a new connect use the token of the new one, whichever comes first', async () => {
      const { settle, token } = slowTokens();
      const { realtime } = authClient({ token });
      realtime.connect();
      realtime.disconnect();
      realtime.connect();
      settle[1]?.('new');
      await promisesSettled();
      settle[0]?.('old');
      await promisesSettled();
      lastSocket().accept();

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(sentToken()).toEqual(jasmine.objectContaining({ token: 'new' }));
    });
  });

  describe('a refused token (4401)', () => {
    it('is replaced once, at once', () => {
      const { realtime, reasons } = authClient();
      realtime.connect();
      lastSocket().accept().endWith(4401);

      expect(FakeWebSocket.sockets.length).toBe(2);
      expect(reasons).toEqual(['connect', 'refused']);
      expect(realtime.status()).toBe('disconnected');
      expect(realtime.attempt()).toBe(1);
      lastSocket().accept();

      expect(realtime.status()).toBe('connected');
    });

    it('is replaced without withRetry() too', () => {
      const realtime = setUpClient({}, [withAuth({ token: () => 't' })]);
      realtime.connect();
      lastSocket().accept().endWith(4401);

      expect(FakeWebSocket.sockets.length).toBe(2);
    });

    it('ends the connection the second time in a row', () => {
      const { realtime, errors } = authClient();
      realtime.connect();
      lastSocket().accept().endWith(4401, 'expired');
      lastSocket().accept().endWith(4401, 'expired');
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(2);
      expect(realtime.status()).toBe('error');
      expect(realtime.lastError()).toEqual(
        jasmine.objectContaining({ code: 'unauthenticated', closeCode: 4401, reason: 'expired' }),
      );
      expect(errors.map(({ code }) => code)).toEqual(['connection-closed', 'unauthenticated']);
    });

    it('counts as the second in a row although the network failed in between', () => {
      const { realtime } = authClient();
      realtime.connect();
      lastSocket().accept().endWith(4401);
      lastSocket().drop();
      tick(1_000);
      lastSocket().accept().endWith(4401);

      expect(realtime.lastError()?.code).toBe('unauthenticated');
    });

    it('is replaced again after a connection that lasted', () => {
      const { realtime, reasons } = authClient();
      realtime.connect();
      lastSocket().accept().endWith(4401);
      lastSocket().accept();
      tick(5_000);
      lastSocket().endWith(4401);

      expect(FakeWebSocket.sockets.length).toBe(3);
      expect(reasons).toEqual(['connect', 'refused', 'refused']);
    });

    it('begins anew with connect(), after the end and after a disconnect', () => {
      const { realtime, reasons } = authClient();
      realtime.connect();
      lastSocket().accept().endWith(4401);
      lastSocket().accept().endWith(4401);
      realtime.connect();
      lastSocket().accept().endWith(4401);
      expect(realtime.status()).toBe('disconnected');

      realtime.disconnect();
      realtime.connect();
      lastSocket().accept().endWith(4401);

      expect(realtime.status()).toBe('disconnected');
      expect(reasons).toEqual(['connect', 'refused', 'connect', 'refused', 'connect', 'refused']);
    });

    it('is not replaced when a subscriber of the status disconnects', () => {
      const { realtime } = authClient();
      realtime.connect();
      lastSocket().accept();
      realtime.lastErrorChanges.subscribe((error) => {
        if (error) {
          realtime.disconnect();
        }
      });
      lastSocket().endWith(4401);
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(realtime.status()).toBe('disconnected');
    });

    it('is not told from a forbidden client: 4403 ends at once', () => {
      const { realtime } = authClient();
      realtime.connect();
      lastSocket().accept().endWith(4403);
      tick(60_000);

      expect(FakeWebSocket.sockets.length).toBe(1);
      expect(realtime.lastError()?.closeCode).toBe(4403);
    });
  });

  describe('its options', () => {
    it('refuse times out of range', () => {
      const token = () => 't';

      expect(() => withAuth({ token, refreshBefore: -1 })).toThrowError(RangeError);
      expect(() => withAuth({ token, timeout: 0 })).toThrowError(RangeError);
    });

    it('refuse a client without a handshake', () => {
      expect(() => authClient({}, { handshake: false })).toThrowError(/handshake/);
    });
  });
});
