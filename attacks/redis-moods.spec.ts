import { setTimeout as pause } from 'node:timers/promises';
import { Health } from '@creative-autogpt/protocol';
import { Redis } from 'ioredis';
import * as v from 'valibot';
import { ResumingClient } from '../faults/cluster/resuming-client';
import { snapshotOf } from '../faults/cluster/server-state';
import { RealServer } from '../faults/servers/real-server';
import { SHORT } from '../faults/settings';
import { until } from '../faults/storms/until';
import { RedisProcess } from '../server/testing/redis-process';

const SERVERS = SHORT ? 2 : 3;
/** Longest time (ms) until every process tells of what is wrong where nobody asks for anything. */
const NOTICED_WITHIN_MS = 5000;
/** Time (ms) that a mood lasts, with requests all the while. */
const MOOD_MS = SHORT ? 200 : 5000;
const PATIENCE_MS = 90_000;

/** One way in which Redis is not as it should be. */
interface Mood {
  readonly name: string;
  /** Whether the short part has it. */
  readonly isShort?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** Before sessions are made that are not in what it does. */
  readonly prepare?: (redis: Redis) => Promise<unknown>;
  readonly spoil: (redis: Redis) => Promise<unknown>;
  /** None for what stays as it is. */
  readonly mend?: (redis: Redis) => Promise<unknown>;
  /** What `/health` says meanwhile; undefined for a mood that does no harm. */
  readonly says?: RegExp;
  /** Whether clients have to load everything anew. */
  readonly isNewEpoch?: boolean;
}

/** What is expected of every mood. */
const WELL = 'says so, answers nothing with 500, and has every client in the state of the server';

const PASSWORD = 'another one';
const FLUSHED = /no longer had what was stored/;

const killClients = async (redis: Redis): Promise<void> => {
  await redis.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  await redis.client('KILL', 'TYPE', 'pubsub');
};
const answering = { appendonly: 'no' };

const MOODS: readonly Mood[] = [
  { name: 'emptied', isShort: true, spoil: (redis) => redis.flushall(), says: FLUSHED, isNewEpoch: true },
  {
    name: 'put back from an older copy',
    settings: answering,
    prepare: (redis) => redis.save(),
    spoil: (redis) => redis.call('DEBUG', 'RELOAD', 'NOSAVE'),
    says: FLUSHED,
    isNewEpoch: true,
  },
  {
    name: 'told to drop what was used least',
    spoil: (redis) => redis.config('SET', 'maxmemory-policy', 'allkeys-lru'),
    mend: (redis) => redis.config('SET', 'maxmemory-policy', 'noeviction'),
    says: /set maxmemory-policy to noeviction/,
  },
  {
    name: 'full',
    isShort: true,
    spoil: (redis) => redis.config('SET', 'maxmemory', '1mb'),
    mend: (redis) => redis.config('SET', 'maxmemory', '0'),
    says: /raise maxmemory/i,
  },
  {
    name: 'given another password',
    spoil: async (redis) => {
      await redis.config('SET', 'requirepass', PASSWORD);
      await redis.auth(PASSWORD);
      await killClients(redis);
    },
    mend: (redis) => redis.config('SET', 'requirepass', ''),
    says: /Put REDIS_URL/,
  },
  {
    name: 'stricter about what its user may do',
    spoil: (redis) => redis.call('ACL', 'SETUSER', 'default', '-evalsha', '-eval', '-hset'),
    mend: (redis) => redis.call('ACL', 'SETUSER', 'default', '+@all'),
    says: /Put REDIS_URL/,
  },
  {
    name: 'a replica of a master that is away',
    spoil: (redis) => redis.replicaof('127.0.0.1', 1),
    mend: (redis) => redis.replicaof('NO', 'ONE'),
    says: /is a replica/,
  },
  {
    name: 'busy with a script',
    spoil: async (redis) => {
      await redis.config('SET', 'busy-reply-threshold', '100');
      const other = redis.duplicate();
      await other.ping();
      // It is answered when the script is ended.
      other.eval('while true do end', 0).catch(() => {
        other.disconnect();
      });
    },
    mend: (redis) => redis.script('KILL'),
    says: /cannot be written to/,
  },
  {
    name: 'without the number of the newest event',
    spoil: (redis) => deleteAll(redis, '*:offset'),
    says: FLUSHED,
    isNewEpoch: true,
  },
  {
    name: 'without scripts and functions',
    spoil: async (redis) => {
      await redis.script('FLUSH');
      await redis.function('FLUSH');
    },
  },
  { name: 'cutting off its clients', isShort: true, spoil: killClients },
  {
    name: 'slow',
    spoil: (redis) => redis.client('PAUSE', MOOD_MS),
    says: /cannot be written to/,
  },
];

describe(`${SERVERS} processes on a Redis that is`, () => {
  let redis: RedisProcess;
  let administrator: Redis;
  let servers: RealServer[];
  let client: ResumingClient;
  let statuses: Set<number>;

  const start = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    redis = await RedisProcess.start('always', settings);
    administrator = new Redis(redis.url);
    servers = await Promise.all(
      Array.from({ length: SERVERS }, () =>
        RealServer.open({
          REDIS_URL: redis.url,
          AUTHOR_CHARS_PER_SECOND: '2000',
          LOG_LEVEL: 'silent',
          MAX_REQUESTS_PER_MINUTE: '1000000',
        }),
      ),
    );
    statuses = new Set();
    client = new ResumingClient({ next: () => servers[0]?.url ?? '' });
    await until(() => client.offset >= 0, PATIENCE_MS);
  };

  afterEach(async () => {
    client.close();
    administrator.disconnect();
    await Promise.all(servers.map((server) => server.dispose()));
    await redis.remove();
  });

  /** What every process says of itself, in one text each. */
  const said = (): Promise<string[]> =>
    Promise.all(
      servers.map(async ({ url }) => {
        const answer = await fetch(`${url}/health`);
        const { status, detail = '' } = v.parse(Health, await answer.json());
        return `${status}: ${detail}`;
      }),
    );

  /** Asks every process to read and to change something. */
  const ask = async (): Promise<void> => {
    const body = JSON.stringify({ title: 'The storm', goal: {} });
    const headers = { 'content-type': 'application/json' };
    for (const { url } of servers) {
      statuses.add((await fetch(`${url}/sessions`)).status);
      statuses.add((await fetch(`${url}/overview`)).status);
      statuses.add((await fetch(`${url}/sessions`, { method: 'POST', headers, body })).status);
    }
  };

  /** Has the Redis that is started be in a mood, and expects that everything is well after it. */
  const live = async ({ prepare, spoil, mend, says, isNewEpoch = false }: Mood): Promise<void> => {
    const [server] = servers;
    await server?.startSession(await server.createSession());
    await prepare?.(administrator);
    await server?.startSession(await server.createSession());
    await until(() => client.events.size > 0, PATIENCE_MS);
    const gaps = client.report.gaps;

    await spoil(administrator);
    const asked = ask();
    if (says !== undefined) {
      await until(async () => (await said()).every((text) => says.test(text)), NOTICED_WITHIN_MS);
    }
    await asked;
    await pause(MOOD_MS);
    await mend?.(administrator);

    await until(async () => (await said()).every((text) => !text.startsWith('unavailable')), PATIENCE_MS);
    await until(async () => (await server?.createSession().catch(() => '')) !== '', PATIENCE_MS);
    await until(async () => {
      const state = asText(await snapshotOf(server?.url ?? ''));
      return asText(client.state) === state;
    }, PATIENCE_MS);

    expect(Array.from(statuses).filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
    expect(client.report.outOfOrder).toBe(0);
    expect(client.report.gaps - gaps).toBe(Number(isNewEpoch));
  };

  if (SHORT) {
    const moods = MOODS.filter(({ isShort }) => isShort === true);
    it(`${moods.map(({ name }) => name).join(', ')}: ${WELL}`, async () => {
      await start();
      for (const mood of moods) {
        await live(mood);
      }
    }, 180_000);
    return;
  }

  for (const mood of MOODS) {
    it(`${mood.name}: ${WELL}`, async () => {
      await start(mood.settings);
      await live(mood);
    }, 180_000);
  }

  it('set to drop what was used least is not begun on', async () => {
    await start();
    await administrator.config('SET', 'maxmemory-policy', 'volatile-lru');

    await expectAsync(RealServer.open({ REDIS_URL: redis.url })).toBeRejected();
  }, 60_000);
});

function asText(state: ReadonlyMap<string, unknown>): string {
  return JSON.stringify(Array.from(state).sort());
}

async function deleteAll(redis: Redis, pattern: string): Promise<void> {
  for (const key of await redis.keys(pattern)) {
    await redis.del(key);
  }
}
