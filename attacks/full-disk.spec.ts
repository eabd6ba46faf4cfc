import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHORT } from '../faults/settings';
import { until } from '../faults/storms/until';
import type { Attempt } from './stage/attack';
import { request } from './stage/http-text';
import { Stage } from './stage/stage';

const ATTEMPTS = SHORT ? 16 : 300;
const PATIENCE_MS = 5000;
/** Time (ms) after which a server goes on that has room again. */
const GOES_ON_WITHIN_MS = 10_000;
const SIZE = '24m';
/** Bytes that a disk is filled with at a time: the last of them leave hardly any room. */
const FILLING = [1 << 20, 1 << 12, 1] as const;

describe('a disk', () => {
  const disk = mkdtempSync(join(tmpdir(), 'creative-autogpt-disk-'));
  const stage = new Stage({ dataDir: join(disk, 'data') });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'attacked', disk]).status === 0;

  afterAll(async () => {
    await stage.dispose();
    if (mounted) {
      spawnSync('umount', [disk]);
    }
    rmdirSync(disk);
  }, 30_000);

  it('that is full refuses changes in words, and loses none that was confirmed', async () => {
    if (!mounted) {
      pending('It needs a file system of its own, which only root may mount.');
    }
    await stage.holds('a full disk', async (attack, server) => {
      const filler = join(disk, 'filler');
      fill(filler);
      await attack.attempt(ATTEMPTS, createSession);
      await attack.attempt(ATTEMPTS, readSessions);
      rmSync(filler);
      await until(async () => (await server.health()) === '200', GOES_ON_WITHIN_MS).catch(() => undefined);
    });
  }, 300_000);
});

/** Leaves no room for another byte. */
function fill(file: string): void {
  for (const size of FILLING) {
    while (isAppended(file, Buffer.alloc(size))) {
      // Another one may fit.
    }
  }
}

function isAppended(file: string, bytes: Buffer): boolean {
  try {
    appendFileSync(file, bytes);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      return false;
    }
    throw error;
  }
}

async function createSession(attempt: Attempt): Promise<string | undefined> {
  const body = JSON.stringify({ title: 'One more', goal: { requirement: 'r'.repeat(4000) } });
  const status = await ask(attempt, 'POST /sessions', body);
  return status === 201 || status === 503 ? undefined : `it was answered with ${status ?? 'nothing'}`;
}

async function readSessions(attempt: Attempt): Promise<string | undefined> {
  const status = await ask(attempt, 'GET /sessions?page_size=1', '');
  return status === 200 ? undefined : `it was answered with ${status ?? 'nothing'}`;
}

async function ask(attempt: Attempt, call: string, body: string): Promise<number | undefined> {
  const client = await attempt.connect();
  const type = [
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
  ] as const;
  client.send(request(`${call} HTTP/1.1`, [['Connection', 'close'], ...(body === '' ? [] : type)], body));
  await client.endsWithin(PATIENCE_MS);
  return client.statuses[0];
}
