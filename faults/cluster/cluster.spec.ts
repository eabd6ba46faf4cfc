import { RedisProcess } from '../../server/testing/redis-process';
import { SeededRandom } from '../seeded-random';
import { RealServer } from '../servers/real-server';
import { SEED, SHORT } from '../settings';
import { until } from '../storms/until';
import { ResumingClient } from './resuming-client';
import { isCompleted, snapshotOf } from './server-state';
import { killInTurn, startSessions } from './turmoil';

const SERVERS = 3;
const CLIENTS = SHORT ? 30 : 200;
/** How long (ms) processes are killed. */
const TURMOIL_MS = SHORT ? 12_000 : 60_000;
/** Time (ms) between two kills, and until what was killed is there again. */
const UP_MS = [1000, 3000] as const;
const DOWN_MS = [100, 1500] as const;
const SESSION_EVERY_MS = 1000;
/** Time (ms) for what was interrupted last to be taken up and finished. */
const PATIENCE_MS = 120_000;
/** A session of six tasks takes some seconds. */
const CHARACTERS_PER_SECOND = 2500;

describe(`${CLIENTS} clients of ${SERVERS} processes on one Redis, killed in turn by seed ${SEED}`, () => {
  let redis: RedisProcess;
  let servers: RealServer[];
  let clients: ResumingClient[];

  beforeAll(async () => {
    redis = await RedisProcess.start();
    servers = await Promise.all(
      Array.from({ length: SERVERS }, () =>
        RealServer.open({
          REDIS_URL: redis.url,
          AUTHOR_CHARS_PER_SECOND: String(CHARACTERS_PER_SECOND),
          MAX_CONNECTIONS_PER_CLIENT: '1000',
          LOG_LEVEL: 'fatal',
          // The state is asked for again until everything is completed.
          MAX_REQUESTS_PER_MINUTE: '1000000',
        }),
      ),
    );
  }, 60_000);

  afterAll(async () => {
    clients.forEach((client) => {
      client.close();
    });
    await Promise.all(servers.map((server) => server.dispose()));
    await redis.remove();
  });

  it('every client ends with the exact state, each event once and in order, each task completed once', async () => {
    let turn = 0;
    const next = (): string => servers[(turn += 1) % SERVERS]?.url ?? '';
    clients = Array.from({ length: CLIENTS }, () => new ResumingClient({ next }));
    await until(() => clients.every(({ offset }) => offset >= 0));

    const end = Date.now() + TURMOIL_MS;
    let kills = 0;
    const isOver = (): boolean => Date.now() > end;
    const sessions = startSessions(servers, SESSION_EVERY_MS, isOver);
    const times = { upMs: UP_MS, downMs: DOWN_MS };
    await killInTurn([redis, ...servers], new SeededRandom(SEED), times, () => {
      kills += 1;
      return isOver();
    });
    const started = await sessions;

    const [server = ''] = servers.map(({ url }) => url);
    await until(async () => {
      const state = await snapshotOf(server);
      return started.every((id) => isCompleted(state.get(`session ${id}`)));
    }, PATIENCE_MS);
    const state = await snapshotOf(server);
    const newest = (await servers[0]?.offset()) ?? 0;
    await until(() => Promise.resolve(clients.every(({ offset }) => offset === newest)), PATIENCE_MS);

    const connections = clients.reduce((sum, { report }) => sum + report.connections, 0);
    process.stdout.write(
      `\n${kills} kills, ${started.length} sessions, ${newest} events, ${connections} connections of ${CLIENTS} clients\n`,
    );
    const asText = (of: ReadonlyMap<string, unknown>): string => JSON.stringify(Array.from(of).sort());
    const expected = asText(state);
    expect(started.length).toBeGreaterThan(0);
    expect(clients.filter((client) => asText(client.state) !== expected).length)
      .withContext('clients whose state differs')
      .toBe(0);
    expect(clients.map(({ report: { outOfOrder, gaps } }) => ({ outOfOrder, gaps }))).toEqual(
      clients.map(() => ({ outOfOrder: 0, gaps: 0 })),
    );
    expect(Array.from(clients[0]?.completions.values() ?? []).filter((times) => times !== 1))
      .withContext('tasks completed more than once')
      .toEqual([]);
  }, 300_000);
});
