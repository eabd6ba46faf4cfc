import { existsSync } from 'node:fs';
import { median } from '../median';
import { table } from '../table';
import { type CatchUp, measureCatchUp, MISSED, missEvents } from './catch-up';
import type { Clients } from './clients';
import { CLIENTS, type FanOut, measureFanOut, WINDOW } from './fan-out';
import { CONNECTIONS, measureIdleMemory } from './idle-memory';
import { CHANGES_PER_SECOND, type Latency, measureLatency } from './latency';
import { mustAllowConnections } from './open-files';
import { type RunningServer, Stage } from './stage';
import { EVENTS_PER_CHANGE } from './store-changes';

const ROUNDS = 5;

/** A file system in memory, on Linux. */
const MEMORY = '/dev/shm';

/** A server and what its rounds came to. */
interface Contender {
  readonly name: string;
  readonly start: () => Promise<RunningServer>;
  readonly fanOut: FanOut[];
  readonly latency: Latency[];
  readonly memory: number[];
}

const AGAINST = 'socket.io';

/** Measures this project's server beside one of socket.io, round by round after one that does not count. */
export async function server(): Promise<string> {
  mustAllowConnections(CONNECTIONS);
  const stage = await Stage.build();
  try {
    const clients = stage.startClients();
    const contenders = contendersOn(stage);
    await measureUnderLoad(contenders, clients);
    // Where the store lies has no part in it.
    await measureIdle(
      contenders.filter(({ name }, index) => index === 0 || name === AGAINST),
      clients,
    );
    return report(contenders, await measureCatchUps(stage));
  } finally {
    await stage.end();
  }
}

function contendersOn(stage: Stage): Contender[] {
  const contender = (name: string, start: () => Promise<RunningServer>): Contender => ({
    name,
    start,
    fanOut: [],
    latency: [],
    memory: [],
  });
  const startOwn = async (directory?: string): Promise<RunningServer> => {
    const server = await stage.startOwn(directory);
    await server.process.call('plan', 1, 1);
    return server;
  };
  return [
    ...(existsSync(MEMORY) ? [contender('store in memory', () => startOwn(MEMORY))] : []),
    contender('store on disk', () => startOwn()),
    contender(AGAINST, () => stage.startSocketIo()),
  ];
}

async function measureUnderLoad(contenders: readonly Contender[], clients: Clients): Promise<void> {
  const servers = await Promise.all(
    contenders.map(async (contender) => ({ contender, server: await contender.start() })),
  );
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { contender, server } of servers) {
      const fanOut = await measureFanOut(server, clients);
      const latency = await measureLatency(server, clients);
      if (round > 0) {
        contender.fanOut.push(fanOut);
        contender.latency.push(latency);
      }
    }
  }
  await Promise.all(servers.map(({ server }) => server.process.end()));
}

/** Each round with new servers: what a process has once taken, it does not give back. */
async function measureIdle(contenders: readonly Contender[], clients: Clients): Promise<void> {
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const contender of contenders) {
      const server = await contender.start();
      const memory = await measureIdleMemory(server, clients);
      await server.process.end();
      if (round > 0) {
        contender.memory.push(memory);
      }
    }
  }
}

async function measureCatchUps(stage: Stage): Promise<CatchUp[]> {
  const server = await stage.startOwn(existsSync(MEMORY) ? MEMORY : undefined);
  const from = await missEvents(server);
  const rounds: CatchUp[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    rounds.push(await measureCatchUp(server, from));
  }
  return rounds.slice(1);
}

function report(contenders: readonly Contender[], catchUps: readonly CatchUp[]): string {
  const own = contenders.filter(({ name }) => name !== AGAINST);
  const rate = CHANGES_PER_SECOND * EVENTS_PER_CHANGE;
  const row = (title: string, measured: (contender: Contender) => readonly number[]): string[] => {
    const [against = Number.NaN] = contenders
      .filter(({ name }) => name === AGAINST)
      .map((each) => median(measured(each)));
    return [
      title,
      ...own.map(measured).map((values) => (values.length > 0 ? (median(values) / against).toFixed(2) : '–')),
    ];
  };
  const rows = [
    row(`events/s delivered to ${CLIENTS} clients`, ({ fanOut }) =>
      fanOut.map((each) => each.deliveredPerSecond),
    ),
    row('processor time of the server for each', ({ fanOut }) => fanOut.map((each) => each.processorTime)),
    row(`latency at ${rate} events/s, 99th percentile`, ({ latency }) => latency.map(({ p99 }) => p99)),
    row(`latency at ${rate} events/s, median`, ({ latency }) => latency.map((each) => each.median)),
    row(`memory of an idle connection, of ${CONNECTIONS}`, ({ memory }) => memory),
  ];
  const resumed = median(catchUps.map((each) => each.resumed));
  const reloaded = median(catchUps.map((each) => each.reloaded));
  return [
    '## The server beside socket.io',
    '',
    `Medians of ${ROUNDS} interleaved rounds after one warm-up, at most ${WINDOW} changes under way; every event counted on every client.`,
    '',
    table(['', ...own.map(({ name }) => `× ${AGAINST}, ${name}`)], rows),
    '',
    table(
      [`${MISSED} missed events`, 'time, × reload'],
      [
        ['reload over REST', '1.00'],
        ['resume', (resumed / reloaded).toFixed(2)],
      ],
    ),
  ].join('\n');
}
