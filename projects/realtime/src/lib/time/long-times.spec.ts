import { connectedClient, setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { outboxClient, shakeHands } from '../../spec-support/outbox-client';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withAuth } from '../auth/with-auth';
import { withHeartbeat } from '../heartbeat/with-heartbeat';
import { withPageLifecycle } from '../lifecycle/with-page-lifecycle';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { withStats } from '../stats/with-stats';

const MONTHS = 90 * 86_400_000;
const MINUTE = 60_000;

describe('a time that is longer than a timer of the browser', () => {
  useFakeBrowser();

  for (const time of [MONTHS, Infinity]) {
    describe(`(${time} ms)`, () => {
      it('lets a socket open', () => {
        const realtime = setUpClient({ connectTimeout: time });
        realtime.connect();
        tick(MINUTE);

        expect(realtime.status()).toBe('connecting');
      });

      it('lets the token function answer', () => {
        const realtime = setUpClient({}, [
          withRetry({ jitter: 0 }),
          withAuth({ timeout: time, token: () => new Promise<never>(() => undefined) }),
        ]);
        realtime.connect();
        tick(MINUTE);

        expect(realtime.status()).toBe('connecting');
      });

      it('counts failed attempts on', () => {
        const realtime = connectedClient({}, [withRetry({ jitter: 0, stableAfter: time })]);
        lastSocket().drop();
        tick(1_000);
        lastSocket().accept();
        tick(MINUTE);
        lastSocket().drop();

        expect(realtime.attempt()).toBe(2);
      });

      it('waits before the next attempt', () => {
        connectedClient({}, [withRetry({ initialDelay: time, maxDelay: time, jitter: 0 })]);
        lastSocket().drop();
        tick(MINUTE);

        expect(FakeWebSocket.sockets.length).toBe(1);
      });

      it('waits before an attempt in the background', () => {
        connectedClient({}, [withRetry({ maxAttempts: 0, keepTryingEvery: time })]);
        lastSocket().drop();
        tick(MINUTE);

        expect(FakeWebSocket.sockets.length).toBe(1);
      });

      it('sends no ping', () => {
        connectedClient({ handshake: false }, [
          withHeartbeat({ interval: time }),
          withStats({ pingInterval: time }),
        ]);
        tick(MINUTE);

        expect(lastSocket().sent).toEqual([]);
      });

      it('lets a page that woke wait for its sign of life', () => {
        const realtime = connectedClient({}, [withPageLifecycle({ probeTimeout: time })]);
        window.dispatchEvent(new Event('online'));
        tick(MINUTE);

        expect(realtime.status()).toBe('connected');
      });

      it('exports nothing', () => {
        const exporter = jasmine.createSpy('exporter');
        connectedClient({}, [withStats({ exporter, exportInterval: time })]);
        tick(MINUTE);

        expect(exporter).not.toHaveBeenCalled();
      });

      it('waits for the handshake, and for an acknowledgement', () => {
        const { realtime, outbox, errors } = outboxClient({ handshakeTimeout: time, requestTimeout: time });
        let isSettled = false;
        outbox.request('pause').catch(() => (isSettled = true));
        outbox.send({ event: 'a' });
        realtime.connect();
        lastSocket().accept();
        tick(MINUTE);

        expect(lastSocket().sentEvents).toEqual(['connect']);
        expect([isSettled, errors.length]).toEqual([false, 0]);
      });

      it('leaves the socket to the leading tab', async () => {
        const tabs = new PlayedTabs(() => [withSharedConnection({ name: 'long', leaderTimeout: time })]);
        const [leader] = await tabs.open(2);
        leader?.hang();
        await tabs.pass(MINUTE);

        expect(leader?.socket).toBeDefined();
      });

      it('keeps a token that lives that long', () => {
        const tokens: string[] = [];
        connectedClient({}, [
          withAuth({
            token: (reason) => {
              tokens.push(reason);
              return reason;
            },
            expiresAt: () => Date.now() + time,
          }),
        ]);
        lastSocket().emit({ event: 'connected', data: { capabilities: ['auth'] } });
        tick(MINUTE);

        expect(tokens).toEqual(['connect']);
      });
    });
  }

  it('is not what a server may ask for', () => {
    connectedClient();
    lastSocket().endWith(1012, `retry after ${'9'.repeat(400)}`);
    tick(MINUTE);

    expect(FakeWebSocket.sockets.length).toBe(2);
  });

  it('is what a message may wait for', () => {
    const { realtime, outbox } = outboxClient();
    outbox.send({ event: 'a' }, { whenOffline: 'queue', maxAge: MONTHS });
    tick(MINUTE);
    realtime.connect();
    shakeHands();

    expect(lastSocket().sentEvents).toEqual(['connect', 'a']);
  });
});
