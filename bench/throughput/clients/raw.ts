import { expose } from '../client-under-test';
import { EVENT } from '../events';

let socket: WebSocket;

expose({
  connect: (url, received) =>
    new Promise((resolve) => {
      socket = new WebSocket(url);
      socket.onopen = () => resolve();
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.event === EVENT) {
          received(message.data.index);
        } else if (message.event === 'batch') {
          for (const inner of message.data.events) {
            received(inner.data.index);
          }
        }
      };
    }),
  ask: (count) => socket.send(JSON.stringify({ event: 'ask', count })),
});
