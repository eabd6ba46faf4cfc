import { setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import type { RealtimeError } from '../realtime-error';
import { withRetry } from '../retry/with-retry';
import type { AuthOptions, TokenReason } from './auth-options';
import { withAuth } from './with-auth';

const LIFETIME = 300_000;

/** A connected client whose tokens last five minutes by what `expiresAt` says. */
function authenticatedClient(options: Partial<AuthOptions> = {}) {
  const reasons: TokenReason[] = [];
  const errors: RealtimeError[] = [];
  const realtime = setUpClient({}, [
    withRetry({ jitter: 0 }),
    withAuth({
      token: (reason) => `t${reasons.push(reason)}`,
      expiresAt: () => Date.now() + LIFETIME,
      ...options,
    }),
  ]);
  realtime.errors.subscribe((error) => errors.push(error));
  realtime.connect();
  lastSocket().accept();
  return { realtime, reasons, errors };
}

function agree(data: object = { capabilities: ['auth'] }): void {
  lastSocket().emit({ event: 'connected', data: { client_id: 'c1', ...data } });
}

function renewals(): unknown[] {
  return lastSocket()
    .sentMessages.filter(({ event }) => event === 'authenticate')
    .map(({ data }) => data);
}

describe('the renewal of a token', () => {
  useFakeBrowser();

  it('happens on the open link, a minute before the token expires', () => {
    const { realtime, reasons } = authenticatedClient();
    agree();
    tick(239_999);
    expect(renewals()).toEqual([]);
    tick(1);

    expect(renewals()).toEqual([{ token: 't2' }]);
    expect(reasons).toEqual(['connect', 'expiring']);
    expect(FakeWebSocket.sockets.length).toBe(1);
    expect(realtime.status()).toBe('connected');
  });

  it('goes on for as long as the link lasts', () => {
    authenticatedClient();
    agree();
    tick(240_000);
    lastSocket().emit({ event: 'authenticated' });
    tick(240_000);

    expect(renewals()).toEqual([{ token: 't2' }, { token: 't3' }]);
  });

  it('is not asked of a server that did not say that it can', () => {
    authenticatedClient();
    agree({ capabilities: ['resume'] });
    tick(LIFETIME);

    expect(renewals()).toEqual([]);
  });

  it('follows what the server says of the expiry, before and after', () => {
    authenticatedClient();
    agree({ expires_at: Date.now() + 200_000 });
    tick(140_000);
    expect(renewals().length).toBe(1);
    lastSocket().emit({ event: 'authenticated', data: { expires_at: Date.now() + 100_000 } });
    tick(50_000);

    expect(renewals().length).toBe(2);
  });

  for (const odd of [-1, 1.5, 1e300]) {
    it(`goes by the token where the server says that it expires at ${odd}`, () => {
      authenticatedClient();
      agree({ capabilities: ['auth'], expires_at: odd });
      tick(LIFETIME);

      expect(renewals().length).toBeGreaterThan(0);
    });
  }

  it('happens at half of a life shorter than twice the time before', () => {
    authenticatedClient();
    agree({ expires_at: Date.now() + 40_000 });
    tick(19_999);
    expect(renewals()).toEqual([]);
    tick(1);

    expect(renewals().length).toBe(1);
  });

  it('does not happen when nothing is known of an expiry', () => {
    authenticatedClient({ expiresAt: () => null });
    agree();
    tick(24 * 3_600_000);

    expect(renewals()).toEqual([]);
  });

  it('does not go by a clock that is wrong', () => {
    authenticatedClient({ expiresAt: () => Date.now() - 1 });
    agree();
    tick(LIFETIME);

    expect(renewals()).toEqual([]);
  });

  it('tries again when there is no token, and the link stays', () => {
    const answers = ['first', '', 'third'];
    const { realtime, errors } = authenticatedClient({ token: () => answers.shift() ?? 'none' });
    agree();
    tick(240_000);
    expect(errors.map(({ code }) => code)).toEqual(['token-unavailable']);
    tick(10_000);

    expect(renewals()).toEqual([{ token: 'third' }]);
    expect(realtime.status()).toBe('connected');
  });

  it('in flight when the link drops sends nothing on the next link', async () => {
    let settle: (token: string) => void = () => undefined;
    const { realtime } = authenticatedClient({
      token: (reason) =>
        reason === 'expiring' ? new Promise<string>((resolve) => (settle = resolve)) : 'direct',
    });
    agree();
    tick(240_000);
    lastSocket().drop();
    tick(1_000);
    lastSocket().accept();
    settle('late');
    await Promise.resolve();
    await Promise.resolve();

    expect(realtime.status()).toBe('connected');
    expect(lastSocket().sentMessages).toEqual([
      { event: 'connect', data: { token: 'direct', client_id: 'c1', capabilities: ['auth'] } },
    ]);
  });

  for (const code of ['unauthenticated', 'unknown_event']) {
    it(`that the server answers with ${code} is reported and leaves the link as it is`, () => {
      const { realtime, errors } = authenticatedClient();
      agree();
      tick(240_000);
      lastSocket().emit({ event: 'error', data: { code, message: 'no' } });
      tick(LIFETIME);

      expect(errors).toEqual([
        jasmine.objectContaining({ code: 'unauthenticated', event: 'authenticate', serverCode: code }),
      ]);
      expect(renewals().length).toBe(1);
      expect(realtime.status()).toBe('connected');
    });
  }

  it('takes no notice of errors that are about something else', () => {
    const { errors } = authenticatedClient();
    agree();
    lastSocket().emit({ event: 'error', data: { code: 'unauthenticated' } });
    tick(240_000);
    lastSocket().emit({ event: 'error', data: { code: 'invalid_state' } });

    expect(errors).toEqual([]);
    expect(renewals().length).toBe(1);
  });

  it('stops at an expiresAt function that throws, and reports it', () => {
    const { realtime, errors } = authenticatedClient({
      expiresAt: () => {
        throw new Error('not mine');
      },
    });
    agree();
    tick(LIFETIME);

    expect(errors.map(({ code }) => code)).toEqual(['token-unavailable']);
    expect(realtime.status()).toBe('connected');
  });

  it('never puts a token into an error', () => {
    const { errors } = authenticatedClient({ token: () => 'secret-token' });
    agree();
    tick(240_000);
    lastSocket().emit({ event: 'error', data: { code: 'unauthenticated' } });
    lastSocket().endWith(4401);
    lastSocket().accept().endWith(4401);

    expect(errors.length).toBe(3);
    expect(errors.map((error) => JSON.stringify(error) + error.message).join()).not.toContain('secret');
  });
});
