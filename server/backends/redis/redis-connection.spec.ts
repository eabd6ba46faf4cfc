import { ServiceError } from '../../domain/service-error';
import { FreezingProxy } from '../../testing/freezing-proxy';
import { RecordedLog } from '../../testing/recorded-log';
import { RedisProcess } from '../../testing/redis-process';
import { asking, askingUntil, connectRedis, isPassing } from './redis-connection';

function named(name: string, message = 'failed'): Error {
  return Object.defineProperty(new Error(message), 'name', { value: name });
}

describe('A failure of Redis', () => {
  const passing: Record<string, Error> = {
    'of a refused connection': Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    }),
    'of a connection that was lost too often': named('MaxRetriesPerRequestError'),
    'of a connection that ended before the answer': named('AbortError'),
    'of an answer that makes no sense': named('ParserError'),
    'of a closed connection': new Error('Connection is closed.'),
    'of an answer that did not come': new Error('Command timed out'),
    'of a Redis that is loading': named('ReplyError', 'LOADING Redis is loading the dataset in memory'),
  };
  for (const [what, error] of Object.entries(passing)) {
    it(`${what} may pass`, () => {
      expect(isPassing(error)).toBeTrue();
    });

    it(`${what} is told as unavailable`, async () => {
      await expectAsync(asking(() => Promise.reject(error))).toBeRejectedWith(
        jasmine.objectContaining({ code: 'unavailable', cause: error }),
      );
    });
  }

  const lasting: Record<string, Error> = {
    'of a name that cannot be written': new URIError('URI malformed'),
    'of a value of a wrong type': new TypeError('undefined is not a function'),
    'that nobody foresaw': new Error('a bug'),
    'that is told already': new ServiceError('unknown_session', 'There is no session x.'),
    'of a wrong command': named('ReplyError', 'ERR unknown command'),
  };
  for (const [what, error] of Object.entries(lasting)) {
    it(`${what} does not pass`, () => {
      expect(isPassing(error)).toBeFalse();
    });

    it(`${what} is told as it is`, async () => {
      await expectAsync(asking(() => Promise.reject(error))).toBeRejectedWith(error);
    });
  }
});

describe('A failure of Redis that does not pass by itself', () => {
  for (const [reply, words] of [
    ["OOM command not allowed when used memory > 'maxmemory'.", 'Raise maxmemory'],
    ['MISCONF Redis is configured to save RDB snapshots', 'cannot write to its disk'],
    ['WRONGPASS invalid username-password pair', 'Put REDIS_URL'],
    ['NOAUTH Authentication required.', 'Put REDIS_URL'],
    ["NOPERM User ada has no permissions to run the 'hset' command", 'Put REDIS_URL'],
    ['WRONGTYPE Operation against a key holding the wrong kind of value', 'something else under a name'],
    ['MOVED 3999 127.0.0.1:6381', 'not Redis Cluster'],
    ['ERR DB index is out of range', 'the database of REDIS_URL'],
  ] as const) {
    it(`is told with what to do, and not tried again: ${reply}`, async () => {
      const ask = jasmine.createSpy('ask').and.callFake(() => Promise.reject(named('ReplyError', reply)));

      await expectAsync(askingUntil(performance.now() + 60_000, ask)).toBeRejectedWith(
        jasmine.objectContaining({ code: 'unavailable', message: jasmine.stringContaining(words) }),
      );
      expect(ask).toHaveBeenCalledTimes(1);
    });
  }
});

describe('A connection for commands that has died without a word', () => {
  it('is made anew once a command was not answered', async () => {
    const redis = await RedisProcess.start();
    const proxy = await FreezingProxy.open(redis.port);
    const connection = connectRedis(proxy.url, new RecordedLog(), 200);
    await connection.set('title', 'The storm');
    proxy.freeze();

    await expectAsync(connection.get('title')).toBeRejectedWithError('Command timed out');
    await expectAsync(connection.get('title')).toBeResolvedTo('The storm');

    connection.disconnect();
    proxy.close();
    await redis.remove();
  });
});
