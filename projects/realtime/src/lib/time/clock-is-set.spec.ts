import { TestBed } from '@angular/core/testing';
import { connectedClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, setClock, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { outboxClient, sentEvents, shakeHands } from '../../spec-support/outbox-client';
import { PlayedTabs } from '../../spec-support/played-tabs';
import { withAuth } from '../auth/with-auth';
import { withHeartbeat } from '../heartbeat/with-heartbeat';
import { withRetry } from '../retry/with-retry';
import { withSharedConnection } from '../shared/with-shared-connection';
import { RealtimeStats } from '../stats/realtime-stats';
import { withStats } from '../stats/with-stats';

const HOUR = 3_600_000;

describe('a device whose clock is set', () => {
  useFakeBrowser();

  for (const [how, by] of [
    ['back', -HOUR],
    ['forward', HOUR],
  ] as const) {
    describe(`${how} by an hour`, () => {
      /** The server answers every ping. */
      const live = (socket: FakeWebSocket, seconds: number): void => {
        let answered = socket.sentEvents.filter((event) => event === 'ping').length;
        for (let second = 0; second < seconds; second += 1) {
          tick(1_000);
          const pings = socket.sentEvents.filter((event) => event === 'ping').length;
          for (; answered < pings; answered += 1) {
            socket.emit({ event: 'pong' });
          }
        }
      };

      it('notices a link that dies with it', () => {
        const realtime = connectedClient({}, [withRetry({ jitter: 0 }), withHeartbeat()]);
        tick(1_000);
        setClock(by);
        tick(40_000);

        expect(realtime.lastError()?.code).toBe('dead-link');
      });

      it('notices a link that dies later, and keeps it until then', () => {
        const realtime = connectedClient({}, [withRetry({ jitter: 0 }), withHeartbeat()]);
        const socket = lastSocket();
        live(socket, 35);
        setClock(by);
        live(socket, 600);
        expect([realtime.status(), FakeWebSocket.sockets.length]).toEqual(['connected', 1]);
        const codes: string[] = [];
        realtime.errors.subscribe(({ code }) => codes.push(code));
        tick(70_000);

        expect(codes).toContain('dead-link');
      });

      it('times a request out when its time is over, and not before', async () => {
        const { realtime, outbox } = outboxClient();
        realtime.connect();
        shakeHands();
        let code: unknown = null;
        const asked = outbox
          .request('pause', {}, { timeout: 30_000 })
          .catch((error: unknown) => (code = error instanceof Error && 'code' in error ? error.code : error));
        tick(1_000);
        setClock(by);
        tick(28_000);
        await Promise.resolve();
        expect(code).toBeNull();
        tick(1_001);
        await asked;

        expect(code).toBe('request-timeout');
      });

      it('keeps what waits for as long as it was meant to', () => {
        const { outbox, drops } = outboxClient();
        outbox.send({ event: 'a' }, { whenOffline: 'queue', maxAge: 60_000 });
        setClock(by);
        tick(59_000);
        expect(drops).toEqual([]);
        tick(1_001);

        expect(drops.map(({ reason }) => reason)).toEqual(['expired']);
      });

      it('sends what waits at its rate', () => {
        const { realtime, outbox } = outboxClient({ rate: 10 });
        for (let count = 0; count < 20; count += 1) {
          outbox.send({ event: 'a' });
        }
        realtime.connect();
        shakeHands();
        tick(500);
        const before = sentEvents().length;
        setClock(by);
        tick(500);
        expect(sentEvents().length - before).toBeGreaterThan(3);
        expect(sentEvents().length - before).toBeLessThan(8);
        tick(2_000);

        expect(sentEvents().length).toBe(20);
      });

      it('waits as long as the server asked', () => {
        const realtime = connectedClient({}, [withRetry({ jitter: 0 })]);
        lastSocket().endWith(1012, 'retry after 20000');
        setClock(by);
        tick(19_999);
        expect(FakeWebSocket.sockets.length).toBe(1);
        tick(1);

        expect([realtime.attempt(), FakeWebSocket.sockets.length]).toEqual([1, 2]);
      });

      it('counts uptime and rates on, and dates them as the device does', () => {
        connectedClient({}, [withStats()]);
        tick(5_000);
        setClock(by);
        lastSocket().emit({ event: 'a' });
        tick(2_000);
        const { at, uptime, received } = TestBed.inject(RealtimeStats).snapshot();

        expect([at, uptime, received.messagesPerSecond]).toEqual([Date.now(), 7_000, 0.1]);
      });

      it('leaves the leading tab to lead, and the others to notice when it hangs', async () => {
        const tabs = new PlayedTabs(() => [
          withRetry({ jitter: 0 }),
          withSharedConnection({ name: 'clock' }),
        ]);
        const [leader, follower] = await tabs.open(2);
        await tabs.pass(10_000);
        setClock(by);
        await tabs.pass(60_000);
        expect(leader?.socket).toBeDefined();
        leader?.hang();
        await tabs.pass(20_000);

        expect(follower?.socket).toBeDefined();
      });
    });
  }

  it('renews a token by the time of the device, since that is what the server says it by', () => {
    const tokens: string[] = [];
    const token = (reason: string): string => {
      tokens.push(reason);
      return reason;
    };
    connectedClient({}, [withRetry(), withAuth({ token })]);
    setClock(-HOUR);
    lastSocket().emit({
      event: 'connected',
      data: { capabilities: ['auth'], expires_at: Date.now() + 10 * 60_000 },
    });
    tick(9 * 60_000 - 1);
    expect(tokens).toEqual(['connect']);
    tick(1);

    expect(tokens).toEqual(['connect', 'expiring']);
  });
});
