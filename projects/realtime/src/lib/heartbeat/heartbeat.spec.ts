import { connectedClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withRetry } from '../retry/with-retry';
import { withHeartbeat } from './with-heartbeat';

describe('withHeartbeat', () => {
  useFakeBrowser();

  describe('the heartbeat', () => {
    const heartbeat = () =>
      connectedClient({ handshake: false }, [withRetry({ jitter: 0 }), withHeartbeat()]);

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
