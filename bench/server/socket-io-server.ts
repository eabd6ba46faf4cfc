import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server } from 'socket.io';
import { openStore } from '../../server/store/open-store';
import { portOf } from '../port-of';
import { answerCalls } from './linked-process';
import { collectedMemory, processorTime } from './process-measures';
import type { ServerCalls } from './server-calls';
import { EVENTS_PER_CHANGE, StoreChanges } from './store-changes';

/** The events of a change and of the one that takes it back, as this project's server announces them. */
function recordEvents(): object[] {
  const directory = mkdtempSync(join(tmpdir(), 'creative-autogpt-bench-'));
  const store = openStore(directory);
  const changes = new StoreChanges(store);
  changes.plan(1, 1);
  const events: object[] = [];
  store.announcements.subscribe(({ event }) => events.push(event));
  changes.make();
  changes.make();
  store.close();
  rmSync(directory, { recursive: true });
  return events;
}
const events = recordEvents();

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
