import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { Arrivals } from '../../testing/arrivals';
import { FreezingProxy } from '../../testing/freezing-proxy';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { RedisBus } from './redis-bus';
import { connectRedis, connectRedisToWait } from './redis-connection';

const WATCH = { pause: 20, patience: 200 };

describe('RedisBus', () => {
  let redis: RedisProcess;
  let proxy: FreezingProxy;
  let publisher: Redis;
  let connection: Redis;
  let bus: RedisBus;
  let heard: Arrivals<string>;

  beforeAll(async () => {
    redis = await RedisProcess.start();
    publisher = connectRedis(redis.url, new RecordedLog());
  });
  beforeEach(async () => {
    proxy = await FreezingProxy.open(redis.port);
    connection = connectRedisToWait(proxy.url, new RecordedLog());
    bus = new RedisBus(connection, WATCH);
    heard = new Arrivals();
    await bus.listen('news', (message) => {
      heard.add(message);
    });
  });
  afterEach(() => {
    bus.close();
    proxy.close();
  });
  afterAll(async () => {
    publisher.disconnect();
    await redis.remove();
  });

  const gap = (): Promise<void> =>
    new Promise((resolve) => {
      bus.onGap(resolve);
    });

  it('tells of a gap after its connection has died without a word', async () => {
    const told = gap();
    proxy.freeze();

    await expectAsync(told).toBeResolved();
  });

  it('hears again after its connection has died without a word', async () => {
    const told = gap();
    proxy.freeze();
    await told;
    await publisher.publish('news', 'the storm is over');

    expect(await heard.take()).toBe('the storm is over');
  });

  describe('while its connection is checked', () => {
    /**
     * Does `act` once the connection is made anew, before ioredis knows that Redis is ready. Settles when it
     * is.
     */
    const duringCheck = async (act: () => unknown): Promise<void> => {
      const acted = new Promise((resolve) => {
        connection.once('connect', () => {
          resolve(act());
        });
      });
      connection.disconnect(true);
      await acted;
      // Waits for the connection, and for everything that is sent before it.
      await connection.ping();
    };

    it('takes up a channel for good', async () => {
      await duringCheck(() => bus.listen('weather', () => undefined));

      expect(await publisher.publish('weather', 'rain')).toBe(1);
    });

    it('keeps the connection', async () => {
      const closed = jasmine.createSpy('closed');
      await duringCheck(() => {
        connection.on('close', closed);
        return bus.listen('weather', () => undefined);
      });

      expect(closed).not.toHaveBeenCalled();
    });

    it('leaves a channel for good', async () => {
      const stop = await bus.listen('weather', () => undefined);
      await duringCheck(stop);

      expect(await publisher.publish('weather', 'rain')).toBe(0);
    });
  });

  it('keeps a connection that answers', async () => {
    const closed = jasmine.createSpy('closed');
    connection.on('close', closed);
    const ping = spyOn(connection, 'ping').and.callThrough();
    while (ping.calls.count() < 5) {
      await once(connection.stream, 'data');
    }

    expect(closed).not.toHaveBeenCalled();
  });
});
