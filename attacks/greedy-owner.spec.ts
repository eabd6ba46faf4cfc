import { fork } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Calls, LinkedProcess } from '../bench/server/linked-process';
import { table } from '../bench/table';
import { RealServer } from '../faults/servers/real-server';
import { SHORT } from '../faults/settings';
import type { GreedyCalls, OtherCalls, Waits } from './greedy-owner/owner-calls';
import { MemoryGauge } from './stage/memory-gauge';
import { SECRET } from './stage/token';

/** Together with those of the greedy owner, 2,000 sockets of 20 owners, a tenth of which read nothing. */
const OTHERS = { owners: 19, socketsEach: 100, silent: 200 };
/** As many as an owner may have. */
const GREEDY_SOCKETS = 100;
/** A plan of 404 tasks. */
const CHAPTERS = 200;
/** Without and with the greedy owner in turn, so that whatever else the machine does is in both. */
const ROUNDS = 4;
const ROUND_MS = 15_000;
const WARM_UP_MS = 5000;
/** How many times as long as without the greedy owner others may wait. */
const MOST_TIMES = 3;
/** Of 100 waits, one is longer. */
const PERCENTILE = 0.99;
/** Time (ms) after which nothing of an owner that is gone is left but what is kept for the next who asks. */
const CLEAN_AFTER_MS = 15_000;
/** How much more memory may be held after the rounds than after the warm-up, which fills what is kept. */
const MOST_MEMORY = 1.1;

const KINDS = ['read', 'pong', 'event'] as const;
const WORDS = { read: 'a small read by REST', pong: 'ping to pong', event: 'change to event' } as const;

function startClients<C extends Calls<C>>(name: string): LinkedProcess<C> {
  const file = fileURLToPath(new URL(`./greedy-owner/${name}-process.ts`, import.meta.url));
  return new LinkedProcess<C>(fork(file, [], { execArgv: ['--import', 'tsx'] }));
}

function percentile(waits: readonly number[], share: number): number {
  const sorted = waits.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Infinity;
}

/** What there is to see takes minutes. */
if (!SHORT) {
  describe('an owner who asks for a long work at all limits', () => {
    const gauge = new MemoryGauge();
    let server: RealServer;
    let others: LinkedProcess<OtherCalls>;
    let greedy: LinkedProcess<GreedyCalls>;
    beforeAll(async () => {
      const redis = process.env['ATTACKED_REDIS_URL'];
      const variables = { AUTH_SECRET: SECRET, NODE_OPTIONS: MemoryGauge.INSPECTABLE };
      server = await RealServer.open(redis === undefined ? variables : { ...variables, REDIS_URL: redis }, {
        onLogLine: gauge.readLine,
      });
      others = startClients<OtherCalls>('others');
      greedy = startClients<GreedyCalls>('greedy');
      await greedy.call('write', { url: server.url, port: server.port }, CHAPTERS);
      await others.call('open', { url: server.url, port: server.port }, OTHERS);
    }, 300_000);
    afterAll(async () => {
      await others.end();
      await greedy.end();
      await server.dispose();
    });

    it('does not make others wait, and leaves no memory behind', async () => {
      const without: Waits[] = [];
      const within: Waits[] = [];
      const got = { subscribed: 0, works: 0, refused: 0 };
      await others.call('measure', WARM_UP_MS);
      const empty = await gauge.read();
      await Promise.all([others.call('measure', WARM_UP_MS), greedy.call('ask', GREEDY_SOCKETS, WARM_UP_MS)]);
      await pause(CLEAN_AFTER_MS);
      const filled = await gauge.read();
      for (let round = 0; round < ROUNDS; round += 1) {
        without.push(await others.call('measure', ROUND_MS));
        const asking = greedy.call('ask', GREEDY_SOCKETS, ROUND_MS + 2000);
        await pause(1000);
        within.push(await others.call('measure', ROUND_MS));
        const answers = await asking;
        got.subscribed += answers.subscribed;
        got.works += answers.works;
        got.refused += answers.refused;
      }
      await pause(CLEAN_AFTER_MS);
      const left = await gauge.read();

      const ratios = KINDS.map((kind) => {
        const [alone, beside] = [without, within].map((waits) =>
          waits.flatMap((each) => Array.from(each[kind])),
        );
        return { kind, alone: alone ?? [], beside: beside ?? [] };
      });
      const rows = ratios.map(({ kind, alone, beside }) => {
        const [before, after] = [percentile(alone, PERCENTILE), percentile(beside, PERCENTILE)];
        const medians = [percentile(alone, 0.5), percentile(beside, 0.5)];
        return [
          WORDS[kind],
          medians.map((ms) => ms.toFixed(1)).join(' → '),
          `${before.toFixed(1)} → ${after.toFixed(1)}`,
          (after / before).toFixed(1),
          `${Math.max(...alone).toFixed(0)} → ${Math.max(...beside).toFixed(0)}`,
        ];
      });
      const head = ['others wait for', 'median, ms', 'p99, ms', 'times', 'longest, ms'];
      process.stdout.write(`\n${table(head, rows)}\n`);
      const memory = [empty, filled, left].map(({ held, rss }) => `${held.toFixed(0)} (${rss.toFixed(0)})`);
      process.stdout.write(
        `The greedy owner got ${JSON.stringify(got)}; MB held (RSS): ${memory.join(' → ')}.\n`,
      );

      for (const { kind, alone, beside } of ratios) {
        expect(percentile(beside, PERCENTILE) / percentile(alone, PERCENTILE))
          .withContext(WORDS[kind])
          .toBeLessThanOrEqual(MOST_TIMES);
      }
      expect(left.held)
        .withContext('MB')
        .toBeLessThanOrEqual(filled.held * MOST_MEMORY);
      expect(got.subscribed).toBeGreaterThan(0);
      expect(got.works).toBeGreaterThan(0);
    }, 600_000);
  });
}
