import { SERVER_URL, setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withRetry } from '../retry/with-retry';

describe('a URL function', () => {
  useFakeBrowser();

  /** Lets the promises of one attempt settle. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) {
      await Promise.resolve();
    }
  };
  const failing: Record<string, () => string | Promise<string>> = {
    rejects: () => Promise.reject(new TypeError('Failed to fetch')),
    throws: () => {
      throw new TypeError('no ticket yet');
    },
    'gives an empty string': () => '',
    'gives what is no URL': () => 'http://not-a-socket',
  };

  for (const [how, fail] of Object.entries(failing)) {
    it(`that ${how} once fails that attempt, and is called again for the next`, async () => {
      let calls = 0;
      const realtime = setUpClient({
        url: () => {
          calls += 1;
          return calls === 1 ? fail() : SERVER_URL;
        },
      });
      realtime.connect();
      await settle();
      expect([realtime.status(), realtime.attempt(), realtime.lastError()?.code]).toEqual([
        'disconnected',
        1,
        'invalid-url',
      ]);
      tick(1_000);
      await settle();
      lastSocket().accept();

      expect(realtime.status()).toBe('connected');
    });
  }

  it('that gives no string fails the attempt before there is a socket', async () => {
    const realtime = setUpClient({ url: jasmine.createSpy('url').and.returnValue(null) });
    realtime.connect();
    await settle();

    expect([realtime.lastError()?.code, FakeWebSocket.sockets.length]).toEqual(['invalid-url', 0]);
  });

  it('that never settles fails the attempt after connectTimeout', async () => {
    let calls = 0;
    const realtime = setUpClient({
      connectTimeout: 3_000,
      url: () => {
        calls += 1;
        return calls === 1 ? new Promise<never>(() => undefined) : SERVER_URL;
      },
    });
    realtime.connect();
    tick(3_000);
    expect(realtime.lastError()?.code).toBe('connect-timeout');
    tick(1_000);
    await settle();
    lastSocket().accept();

    expect(realtime.status()).toBe('connected');
  });

  it('that fails for good uses up the attempts, as a server that is down does', async () => {
    const realtime = setUpClient({ url: () => Promise.reject(new Error('no')) }, [
      withRetry({ jitter: 0, maxAttempts: 2 }),
    ]);
    realtime.connect();
    for (let attempt = 0; attempt <= 2; attempt += 1) {
      await settle();
      tick(10_000);
    }

    expect([realtime.status(), realtime.lastError()?.code]).toEqual(['error', 'invalid-url']);
  });
});
