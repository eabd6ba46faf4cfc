import { io } from 'socket.io-client';
import type { LoggedEvent } from '../servers/event-log';
import { Collector } from './client-under-faults';

const collector = new Collector();

window.client = {
  connect: ({ url }) => {
    io(url, {
      transports: ['websocket'],
      reconnectionDelay: 50,
      reconnectionDelayMax: 300,
      timeout: 1_000,
    }).on('task.update', ({ data }: LoggedEvent) => collector.receive(data.index));
  },
  last: () => collector.last(),
  command: () => undefined,
  report: () => collector.report(),
};
