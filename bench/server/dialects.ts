/** What a client makes of one message. */
export interface Reading {
  /** Whether the server is ready for it. */
  readonly isWelcome?: boolean;
  /** What it says back. */
  readonly answer?: string;
  /** Numbers of the events, in their order. */
  readonly events?: readonly number[];
}

/** How a client speaks with one of the servers, over a bare WebSocket. */
export interface Dialect {
  readonly path: string;
  /** What the client says first. */
  readonly greeting?: string;
  read(message: string): Reading;
}

/** The protocol of this project, with batches and offsets. */
const own: Dialect = {
  path: '/ws/ws',
  greeting: JSON.stringify({ event: 'connect', data: { capabilities: ['batch', 'resume'] } }),
  read: (message) => {
    const { event, id, data } = JSON.parse(message);
    if (event === 'connected') {
      return { isWelcome: true };
    }
    if (event !== 'batch') {
      return { events: [Number(id)] };
    }
    const events: readonly { readonly id: number }[] = data.events;
    return { events: events.map((single) => single.id) };
  },
};

/** Engine.IO 4 and, in its messages (`4`), Socket.IO 5: `0` connects, `2` is an event. */
const socketIo: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  read: (message) => {
    if (message.startsWith('42')) {
      const [, { id }] = JSON.parse(message.slice(2));
      return { events: [Number(id)] };
    }
    if (message.startsWith('40')) {
      return { isWelcome: true };
    }
    // The server's handshake, answered with a connect; its ping, answered with a pong.
    return message.startsWith('0') ? { answer: '40' } : { answer: '3' };
  },
};

export const DIALECTS = { own, socketIo };
export type DialectName = keyof typeof DIALECTS;
