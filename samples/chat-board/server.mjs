/**
 * A server for the sample: it answers `connect`, and passes on every note to everybody. `npm run server`,
 * port 8100.
 */
import { WebSocketServer } from 'ws';

const PORT = 8100;
const server = new WebSocketServer({ port: PORT, maxPayload: 16_384 });
let clients = 0;
let notes = 0;

server.on('connection', (socket) => {
  const client = `guest-${++clients}`;
  const tell = (peer, message) => peer.send(JSON.stringify(message));
  const answers = {
    connect: () => tell(socket, { event: 'connected', data: { client_id: client } }),
    ping: () => tell(socket, { event: 'pong' }),
    'note.add': ({ text }) => {
      const note = { id: String(++notes), author: client, text: String(text) };
      server.clients.forEach((peer) => tell(peer, { event: 'note.added', data: note }));
    },
  };
  socket.on('error', () => socket.terminate());
  socket.on('message', (frame) => {
    try {
      const { event, data } = JSON.parse(frame);
      answers[event](data);
    } catch {
      tell(socket, { event: 'error', data: { code: 'invalid_message', message: 'That was no message.' } });
    }
  });
});

server.on('listening', () => console.log(`The board is at ws://localhost:${PORT}`));
