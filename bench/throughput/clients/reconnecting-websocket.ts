import ReconnectingSocket from 'reconnecting-websocket';
import { expose } from '../client-under-test';
import { EVENT } from '../events';

let socket: ReconnectingSocket;

expose({
  connect: (url, received) =>
    new Promise((resolve) => {
      socket = new ReconnectingSocket(url);
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data);
        if (message.event === EVENT) {
          received(message.data.index);
        }
      });
    }),
  ask: (count) => socket.send(JSON.stringify({ event: 'ask', count })),
});
