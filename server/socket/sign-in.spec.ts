import { CLOSE_CODES } from '@creative-autogpt/protocol';
import { ServiceError } from '../domain/service-error';
import { describeOnEachBackend } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TOKENS, tokenOf } from '../testing/sign-in';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';

const PATIENCE_MS = 10_000;
/**
 * Shorter than the times after which the server looks for dead peers and gives up a Redis that says nothing.
 */
const LIFETIME_MS = 12_000;

describeOnEachBackend('Sign-in', (kind) => {
  let server: TestServer;
  let client: SocketClient;

  beforeEach(async () => {
    jasmine.clock().install().mockDate(new Date());
    server = await TestServer.open(kind, new ScriptedAuthor(), { tokens: TOKENS });
    client = await server.openClient();
  });

  afterEach(async () => {
    jasmine.clock().uninstall();
    await server.close();
  });

  const signIn = (owner: string, expiresIn = LIFETIME_MS) =>
    client.connect(['auth'], undefined, tokenOf(owner, { expiresIn }));
  const authenticate = (token: string): void => {
    client.send({ event: 'authenticate', data: { token } });
  };
  /** Settles when the server has answered whatever it was sent before, on any socket. */
  const settleServer = async (): Promise<void> => {
    const other = await server.openClient();
    await other.connect([], undefined, tokenOf('somebody else'));
    await other.settle();
  };

  it('S22: one with a valid token is served, and told how long', async () => {
    const { capabilities, expires_at: expiresAt } = await signIn('ada');
    const { id } = await server.createSession({}, 'ada');

    expect(capabilities).toEqual(['auth']);
    expect(expiresAt).toBe(Math.floor((Date.now() + LIFETIME_MS) / 1000) * 1000);
    expect((await client.messages.next('session.update')).session_id).toBe(id);
  });

  it('S22: auth is agreed only where it is asked for', async () => {
    const { capabilities, expires_at: expiresAt } = await client.connect([], undefined, tokenOf('ada'));

    expect(capabilities).toEqual([]);
    expect(expiresAt).toBeDefined();
  });

  const [header = '', claims = ''] = tokenOf('ada').split('.');
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  const refused: Record<string, string | undefined> = {
    'no token': undefined,
    'a wrong token': 'a-password',
    'a token of another secret': tokenOf('ada', { key: 'another-secret-that-is-long-enough-too' }),
    'an expired token': tokenOf('ada', { expiresIn: -60_000 }),
    'a token signed by another algorithm': tokenOf('ada', { algorithm: 'HS512' }),
    'a token that is not signed': `${unsigned}.${claims}.`,
    'a token without its signature': `${header}.${claims}.`,
    'a token of half a character': tokenOf('al\ud83d'),
    'a token of a name with a NUL': tokenOf('al\u0000x'),
  };
  for (const [what, token] of Object.entries(refused)) {
    it(`S22: ${what} closes the socket with 4401, and nothing else is said`, async () => {
      client.send({ event: 'connect', data: { token } });

      expect((await client.closed).code).toBe(CLOSE_CODES.unauthenticated);
      expect(client.messages.all).toEqual([]);
    });
  }

  it('S22: a failure to look at the token closes the socket with 1011, and others are served', async () => {
    const verify = spyOn(TOKENS, 'verify');
    verify.and.throwError(new Error('a bug'));
    client.send({ event: 'connect', data: { token: tokenOf('ada') } });
    const { code } = await client.closed;
    verify.and.callThrough();

    expect(code).toBe(CLOSE_CODES.failed);
    await expectAsync(settleServer()).toBeResolved();
  });

  it('S22: a token that cannot be looked at for now closes the socket with 1013 and a time', async () => {
    const verify = spyOn(TOKENS, 'verify').and.rejectWith(
      new ServiceError('unavailable', 'The provider is away.'),
    );
    client.send({ event: 'connect', data: { token: tokenOf('ada') } });
    const { code, reason } = await client.closed;
    verify.and.callThrough();

    expect([code, reason]).toEqual([CLOSE_CODES.overloaded, 'retry after 5000']);
    expect(client.messages.all).toEqual([]);
  });

  it('S22: a client that leaves while its token is looked at is no longer counted', async () => {
    let isLookedAt = (): void => undefined;
    const verify = spyOn(TOKENS, 'verify').and.callFake(async () => {
      await new Promise<void>((resolve) => {
        isLookedAt = resolve;
      });
      return { owner: 'ada', expiresAt: Date.now() + LIFETIME_MS };
    });
    const store = spyOn(server.backend.stores, 'of').and.callThrough();
    client.send({ event: 'connect', data: { token: tokenOf('ada') } });
    await client.close();
    verify.and.callThrough();
    isLookedAt();
    await settleServer();

    expect(store).not.toHaveBeenCalledWith('ada');
  });

  const firstMessages: Record<string, string> = {
    'a ping': '{"event":"ping"}',
    'a command': '{"event":"start","session_id":"x"}',
    'a token out of place': JSON.stringify({ event: 'authenticate', data: { token: tokenOf('ada') } }),
    'an unknown event': '{"event":"dance"}',
    'no JSON': 'hello',
    'a connect that is longer than any with a token': JSON.stringify({
      event: 'connect',
      data: { token: tokenOf('ada'), padding: 'x'.repeat(12_288) },
    }),
  };
  for (const [what, frame] of Object.entries(firstMessages)) {
    it(`S22: a first message that is ${what} closes the socket with 4401, and is not answered`, async () => {
      client.sendFrame(frame);

      expect((await client.closed).code).toBe(CLOSE_CODES.unauthenticated);
      expect(client.messages.all).toEqual([]);
    });
  }

  it('S22: nothing is served after a first message that was refused, whatever comes with it', async () => {
    const { id } = await server.createSession({}, 'ada');
    client.send({ event: 'ping' });
    client.send({ event: 'connect', data: { token: tokenOf('ada') } });
    client.send({ event: 'start', session_id: id });
    await client.closed;

    expect(client.messages.all).toEqual([]);
    expect((await server.storeOf('ada').findSession(id)).status).toBe('created');
  });

  it('S22: silence for 10 s closes the socket with 4401', async () => {
    jasmine.clock().tick(PATIENCE_MS);

    expect((await client.closed).code).toBe(CLOSE_CODES.unauthenticated);
  });

  it('S22: one who has signed in may be silent for longer', async () => {
    await signIn('ada');
    jasmine.clock().tick(PATIENCE_MS);
    await client.settle();

    expect(client.messages.all.map(({ event }) => event)).toEqual(['connected', 'pong']);
  });

  it('S22: nothing is sent to one who has not signed in', async () => {
    const { id } = await server.createSession({}, 'ada');
    await server.renameSession(id, 'The well', 'ada');
    await settleServer();
    await signIn('ada');
    await client.settle();

    expect(client.messages.all.map(({ event }) => event)).toEqual(['connected', 'pong']);
  });

  it('S22: the socket is closed with 4401 when the token expires', async () => {
    await signIn('ada');
    jasmine.clock().tick(LIFETIME_MS);

    expect((await client.closed).code).toBe(CLOSE_CODES.unauthenticated);
  });

  it('S22: nothing is done any more for a client whose token has expired', async () => {
    const { id } = await server.createSession({}, 'ada');
    await signIn('ada');
    jasmine.clock().tick(LIFETIME_MS);
    client.send({ event: 'start', session_id: id });
    await client.closed;
    await settleServer();

    expect((await server.storeOf('ada').findSession(id)).status).toBe('created');
  });

  it('S22: another token in time keeps the socket open', async () => {
    await signIn('ada');
    authenticate(tokenOf('ada', { expiresIn: 2 * LIFETIME_MS }));
    const { data } = await client.messages.next('authenticated');
    jasmine.clock().tick(LIFETIME_MS + 1000);
    await client.settle();

    expect(data?.expires_at).toBeGreaterThan(Date.now());
    expect(client.messages.all.at(-1)?.event).toBe('pong');
  });

  const badTokens: Record<string, () => string> = {
    "another owner's token": () => tokenOf('grace'),
    'a wrong token': () => 'a-password',
  };
  for (const [what, token] of Object.entries(badTokens)) {
    it(`S22: ${what} is refused later on, and the one before stays in force`, async () => {
      await signIn('ada');
      authenticate(token());
      const { data } = await client.messages.next('error');
      const { id } = await server.createSession({}, 'ada');
      await client.messages.next('session.update', (message) => message.session_id === id);
      jasmine.clock().tick(LIFETIME_MS);

      expect(data.code).toBe('unauthenticated');
      expect((await client.closed).code).toBe(CLOSE_CODES.unauthenticated);
    });
  }

  for (const [what, token] of [
    ['without a token', undefined],
    ["with another owner's token", tokenOf('grace')],
  ] as const) {
    it(`S22: a later connect ${what} closes the socket with 4401`, async () => {
      await signIn('ada');
      client.send({ event: 'connect', data: { token } });

      expect((await client.closed).code).toBe(CLOSE_CODES.unauthenticated);
    });
  }
});

describeOnEachBackend('A server without sign-in', (kind) => {
  let server: TestServer;
  let client: SocketClient;

  beforeEach(async () => {
    server = await TestServer.open(kind, new ScriptedAuthor());
    client = await server.openClient();
  });

  afterEach(async () => {
    await server.close();
  });

  it('S22: lets a token pass without looking at it, and does not agree to auth', async () => {
    const { capabilities, expires_at: expiresAt } = await client.connect(['auth'], undefined, 'a-password');

    expect([capabilities, expiresAt]).toEqual([[], undefined]);
  });

  it('S22: knows no authenticate', async () => {
    client.send({ event: 'authenticate', data: { token: tokenOf('ada') } });

    expect((await client.messages.next('error')).data.code).toBe('unknown_event');
  });
});
