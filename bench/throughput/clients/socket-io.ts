import { io, type Socket } from 'socket.io-client';
import { expose } from '../client-under-test';
import { type CountedEvent, EVENT } from '../events';

let socket: Socket;

expose({
  connect: (url, received) =>
    new Promise((resolve) => {
      socket = io(url, { transports: ['websocket'] });
      socket.on('connect', () => resolve());
      socket.on(EVENT, ({ data }: CountedEvent) => received(data.index));
    }),
  ask: (count) => socket.emit('ask', count),
});
