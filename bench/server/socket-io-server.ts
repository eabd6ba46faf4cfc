import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { LOCAL_OWNER } from '../../server/http/auth/owner';
import { openEmbedded } from '../../server/backends/embedded/embedded-backend';
import { portOf } from '../../server/testing/port-of';
import { answerCalls } from './linked-process';
import { collectedMemory, processorTime } from './process-measures';
import type { ServerCalls } from './server-calls';
import { EVENTS_PER_CHANGE, StoreChanges } from './store-changes';

/** The events of a change and of the one that takes it back, as this project's server publishes them. */
async function recordEvents(): Promise<object[]> {
  const directory = mkdtempSync(join(tmpdir(), 'creative-autogpt-bench-'));
  const { stores } = openEmbedded(directory);
  const changes = new StoreChanges(stores.of(LOCAL_OWNER));
  await changes.plan(1, 1);
  const events: object[] = [];
  const recorded = stores.appended.subscribe(({ event }) => events.push(event));
  await changes.make();
  await changes.make();
  recorded.unsubscribe();
  await stores.close();
  rmSync(directory, { recursive: true });
  return events;
}
const events = await recordEvents();

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });
let newest = 0;

answerCalls<ServerCalls>({
  listen: async () => {
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return portOf(http);
  },
  change: () => {
    for (let event = 0; event < EVENTS_PER_CHANGE; event += 1) {
      io.emit('message', { id: newest + 1, ...events[newest % events.length] });
      newest += 1;
    }
  },
  newest: () => newest,
  processorTime,
  memory: collectedMemory,
});
