import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../server/app';
import { OfflineAuthor } from '../../server/authors/offline/offline-author';
import { LOCAL_OWNER } from '../../server/http/auth/owner';
import { openEmbedded } from '../../server/backends/embedded/embedded-backend';
import { portOf } from '../../server/testing/port-of';
import { answerCalls } from './linked-process';
import { collectedMemory, processorTime } from './process-measures';
import type { ServerCalls } from './server-calls';
import { StoreChanges } from './store-changes';

/** What this project's server does besides. */
export interface OwnServerCalls extends ServerCalls {
  /** Adds sessions with a plan: what changes is a task of one of them. */
  plan(sessions: number, tasksEach: number): Promise<void>;
  /** Makes as many changes at once. */
  changes(count: number): Promise<void>;
}

const directory = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'creative-autogpt-bench-'));
process.on('exit', () => {
  rmSync(directory, { recursive: true, force: true });
});
const backend = openEmbedded(directory);
const changes = new StoreChanges(backend.stores.of(LOCAL_OWNER));
const app = await buildApp({
  backend,
  // All clients of a benchmark come from one address.
  maxConnectionsPerClient: Infinity,
  author: new OfflineAuthor({ charactersPerSecond: 60 }),
  allowedOrigins: [],
});

answerCalls<OwnServerCalls>({
  listen: async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    return portOf(app.server);
  },
  change: () => changes.make(),
  plan: (sessions, tasksEach) => changes.plan(sessions, tasksEach),
  changes: async (count) => {
    await Promise.all(Array.from({ length: count }, () => changes.make()));
  },
  newest: () => changes.newest(),
  processorTime,
  memory: collectedMemory,
});
