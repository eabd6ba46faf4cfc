import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { table } from '../bench/table';
import { SeededRandom } from '../faults/seeded-random';
import { BUNDLE, RealServer } from '../faults/servers/real-server';
import { SEED, SHORT } from '../faults/settings';
import { until } from '../faults/storms/until';
import { FlippedDatabase } from './stage/flipped-database';

const ROUNDS = SHORT ? 2 : 100;
const FLIPS = 20;
const SESSIONS = 12;
const PATIENCE_MS = 30_000;
const ROUND_MS = 120_000;
/** The program that checks and repairs, which came with a later version than some that are attacked. */
const CHECK = join(dirname(BUNDLE), 'check.js');
const Frame = v.looseTuple([v.instance(Buffer)]);
/** A sentence that says what to do. */
const HELPFUL = /^creative-autogpt: .*(npm run check -- --repair|[Rr]estore it from a backup)/;

/** What all rounds came to. */
const totals = {
  rounds: 0,
  started: 0,
  refused: 0,
  crashed: 0,
  'requests answered with 500': 0,
  'sessions whose rows are the same': 0,
  'of them shown as before': 0,
  'repaired and started': 0,
  'sessions of repaired databases': 0,
  'of them shown as before the flips': 0,
};

describe(`A database with ${FLIPS} flipped bits`, () => {
  const original = mkdtempSync(join(tmpdir(), 'creative-autogpt-flips-'));
  /** What each session showed before, by its id. */
  let shown: ReadonlyMap<string, string>;
  let damaged: FlippedDatabase;

  beforeAll(async () => {
    const server = await RealServer.open({}, { dataDir: original });
    for (let made = 0; made < SESSIONS; made += 1) {
      await server.startSession(await server.createSession());
    }
    await until(
      async () => (await server.sessions()).every(({ status }) => status === 'completed'),
      PATIENCE_MS,
    );
    const ids = (await server.sessions()).map(({ id }) => id);
    shown = new Map(await Promise.all(ids.map(async (id) => [id, await show(server, id)] as const)));
    await server.kill();
  }, 60_000);

  beforeEach(() => {
    damaged = new FlippedDatabase(original);
  });
  afterEach(() => {
    damaged.remove();
  });
  afterAll(() => {
    rmSync(original, { recursive: true, force: true });
    process.stdout.write(
      `\nSeed ${SEED}\n${table(
        ['flipped bits', 'number'],
        Object.entries(totals).map(([name, count]) => [name, String(count)]),
      )}\n`,
    );
  });

  for (let round = 0; round < ROUNDS; round += 1) {
    // In every other round the log is left behind, as by a server that was killed.
    const hasLog = round % 2 === 1;

    it(
      `is served or refused in words, and repaired (round ${round}${hasLog ? ', with a log' : ''})`,
      async () => {
        if (!hasLog) {
          damaged.checkpoint();
        }
        const ids = [...shown.keys()];
        const before = damaged.rowsOf(ids);
        damaged.flip(FLIPS, new SeededRandom(SEED + round));
        const after = damaged.rowsOf(ids);
        const same = ids.filter((id) => after.get(id) !== undefined && after.get(id) === before.get(id));
        totals.rounds += 1;
        const outcome = await serve(damaged.dataDir, ids);
        if ('lines' in outcome) {
          expect(outcome.lines).toContain(jasmine.stringMatching(HELPFUL));
          await repair(damaged.dataDir, shown);
          return;
        }
        totals['sessions whose rows are the same'] += same.length;
        totals['of them shown as before'] += same.filter(
          (id) => outcome.seen.get(id) === shown.get(id),
        ).length;

        expect(outcome.failures).toEqual([]);

        for (const id of same) {
          expect(outcome.seen.get(id)).toBe(shown.get(id));
        }
      },
      ROUND_MS,
    );
  }
});

/** What a server showed that started, or what one said that did not. */
type Outcome =
  | { readonly seen: ReadonlyMap<string, string>; readonly failures: readonly string[] }
  | { readonly lines: readonly string[] };

async function serve(dataDir: string, ids: readonly string[]): Promise<Outcome> {
  const lines: string[] = [];
  let server: RealServer;
  try {
    server = await RealServer.open({}, { dataDir, onLogLine: (line) => lines.push(line) });
  } catch (error) {
    const isRefused = error instanceof Error && error.message.includes('code 1');
    totals[isRefused ? 'refused' : 'crashed'] += 1;
    return { lines: [...lines, String(error)] };
  }
  totals.started += 1;
  const seen = new Map<string, string>();
  const failures: string[] = [];
  try {
    for (const path of ['/sessions?page_size=100', '/tasks?page_size=100', '/overview', '/health']) {
      await look(server, path, failures);
    }
    for (const id of ids) {
      seen.set(id, await show(server, id, failures));
    }
  } catch (error) {
    totals.crashed += 1;
    failures.push(`it ended: ${String(error)} ${lines.join('\n')}`);
  } finally {
    await server.kill();
  }
  totals['requests answered with 500'] += failures.length;
  return { seen, failures };
}

/** Has a refused database repaired, and looks at what is left of it. */
async function repair(dataDir: string, shown: ReadonlyMap<string, string>): Promise<void> {
  if (!existsSync(CHECK)) {
    return;
  }
  const options = { env: { ...process.env, DATA_DIR: dataDir }, encoding: 'utf8' } as const;

  expect(spawnSync(process.execPath, [CHECK], options).status).toBe(1);

  const { status, stdout: told } = spawnSync(process.execPath, [CHECK, '--repair'], options);

  expect(status).withContext(told).toBe(0);

  const outcome = await serve(dataDir, [...shown.keys()]);

  expect('lines' in outcome ? outcome.lines : outcome.failures)
    .withContext(told)
    .toEqual([]);

  if ('seen' in outcome) {
    totals['repaired and started'] += 1;
    totals.started -= 1;
    totals['sessions of repaired databases'] += shown.size;
    totals['of them shown as before the flips'] += [...shown].filter(
      ([id, before]) => outcome.seen.get(id) === before,
    ).length;
  }
}

/** What a client sees of a session: its document, its texts, and the answer to a subscription. */
async function show(server: RealServer, id: string, failures: string[] = []): Promise<string> {
  const seen = [
    await look(server, `/sessions/${id}`, failures),
    await look(server, `/sessions/${id}/tasks`, failures),
    await subscribe(server, id),
  ];
  return seen.join('\n');
}

async function look(server: RealServer, path: string, failures: string[]): Promise<string> {
  const answer = await fetch(server.url + path, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const body = await answer.text();
  if (answer.status === 500) {
    failures.push(`${path}: ${body}`);
  }
  return `${answer.status} ${body}`;
}

/** The status that a subscription is answered with. */
async function subscribe(server: RealServer, sessionId: string): Promise<string> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws/ws`);
  await once(socket, 'open', { signal: AbortSignal.timeout(PATIENCE_MS) });
  try {
    socket.send(JSON.stringify({ event: 'subscribe', session_id: sessionId }));
    for (;;) {
      const message: unknown = await once(socket, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) });
      const text = String(v.parse(Frame, message)[0]);
      if (/"event":"(subscribed|error)"/.test(text)) {
        return text.replace(/"(offset|epoch|timestamp)":("[^"]*"|\d+)/g, '');
      }
    }
  } finally {
    socket.terminate();
  }
}
