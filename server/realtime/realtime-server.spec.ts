import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { Subject } from 'rxjs';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { type Application, RefusalError, type Transient } from './application';
import type { JournalEntry } from './journal';
import { serveRealtime } from './realtime-server';

const Say = v.looseObject({
  event: v.literal('say'),
  id: v.optional(v.string()),
  room: v.optional(v.string()),
  text: v.string(),
});
const Look = v.looseObject({ event: v.literal('look'), id: v.optional(v.string()) });
const ChatMessage = v.variant('event', [Say, Look]);
type ChatMessage = v.InferOutput<typeof ChatMessage>;

/** An application that has nothing to do with works: what is said is kept, that somebody typed is not. */
class Chat {
  readonly #entries = new Subject<JournalEntry>();
  readonly #transients = new Subject<Transient>();
  readonly #said: JournalEntry[] = [];

  readonly application: Application<ChatMessage, Transient> = {
    capabilities: ['typing'],
    messages: ChatMessage,
    sourceOf: () => ({
      journal: {
        end: () => Promise.resolve({ epoch: 'chat', offset: this.#said.length }),
        reachesBackTo: ({ epoch }) => Promise.resolve(epoch === 'chat'),
        read: (after, limit) => Promise.resolve(this.#said.slice(after, after + limit)),
      },
      entries: this.#entries,
      transients: this.#transients,
      publishedFrom: () => Promise.resolve(this.#said.length),
    }),
    serve: (client) => ({
      wantsEvent: () => true,
      wantsTransient: () => true,
      answer: async (message) => {
        if (message.event === 'look') {
          const read = () => Promise.resolve({ offset: this.#said.length });
          await client.sendState(read, ({ offset }) => ({ event: 'seen', data: { count: offset } }));
        } else {
          this.say(message.text);
        }
        return { ok: true };
      },
    }),
    subjectOf: (message) =>
      message.event === 'say' && message.room !== undefined ? { room: message.room } : {},
    refusalOf: (error) =>
      error instanceof RangeError ? { code: 'rude', message: error.message } : undefined,
  };

  say(text: string): void {
    if (text === '') {
      throw new RangeError('Say something.');
    }
    if (text === 'fail') {
      throw new Error('a bug');
    }
    if (text === 'refuse') {
      throw new RefusalError('closed', 'The chat is closed.');
    }
    const json = JSON.stringify({ event: 'said', data: { text } });
    const entry = { offset: this.#said.length + 1, subject: 'chat', json };
    this.#said.push(entry);
    this.#transients.next({ message: { event: 'typed' }, capability: 'typing', after: entry.offset });
    this.#entries.next(entry);
  }
}

describe('An application of its own on the connections', () => {
  let server: FastifyInstance;
  let chat: Chat;

  beforeEach(async () => {
    chat = new Chat();
    server = fastify();
    const take = serveRealtime(server, chat.application, { localOwner: '' });
    server.get('/', { config: { takesUpgrades: true } }, (request, reply) =>
      take(request, reply) ? reply : '',
    );
    await server.listen({ port: 0, host: '127.0.0.1' });
  });

  afterEach(async () => {
    await server.close();
  });

  /** Sends messages, and settles with all that came until the answer to a ping behind them. */
  const exchange = async (...messages: object[]): Promise<unknown[]> => {
    const address: AddressInfo | string | null = server.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const socket = new WebSocket(`ws://127.0.0.1:${String(port)}/`);
    const received: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => {
        [...messages, { event: 'ping' }].forEach((message) => {
          socket.send(JSON.stringify(message));
        });
      });
      socket.on('message', (data: Buffer) => {
        const message: unknown = JSON.parse(data.toString());
        received.push(message);
        if (v.is(v.object({ event: v.literal('pong') }), message)) {
          resolve();
        }
      });
    });
    socket.terminate();
    return received.slice(0, -1);
  };
  const connect = (capabilities: readonly string[], resume?: object): object => ({
    event: 'connect',
    data: { client_id: 'me', capabilities, resume },
  });
  const connected = (capabilities: readonly string[], more: object = {}): object => ({
    event: 'connected',
    data: { client_id: 'me', capabilities, ...more },
  });

  it('is asked for its capabilities beside those of the connection', async () => {
    expect(await exchange(connect(['batch', 'typing', 'dancing']))).toEqual([connected(['typing', 'batch'])]);
  });

  it('has its messages answered and acknowledged', async () => {
    expect(await exchange(connect(['commands']), { event: 'say', id: '1', text: 'hello' })).toEqual([
      connected(['commands']),
      { event: 'said', data: { text: 'hello' } },
      { event: 'ack', data: { id: '1', ok: true } },
    ]);
  });

  it('has messages refused that are none of its own', async () => {
    const errors = await exchange({ event: 'dance' }, { event: 'say', text: 7 });

    expect(errors).toEqual([
      {
        event: 'error',
        data: { code: 'unknown_event', message: 'This server does not know the event "dance".' },
      },
      { event: 'error', data: { code: 'invalid_message', message: jasmine.stringContaining('"text"') } },
    ]);
  });

  for (const [text, code] of [
    ['', 'rude'],
    ['refuse', 'closed'],
    ['fail', 'internal'],
  ] as const) {
    it(`has its sender told of a refusal or failure: ${code}`, async () => {
      expect(await exchange({ event: 'say', text })).toEqual([
        { event: 'error', data: { code, message: jasmine.any(String) } },
      ]);
    });
  }

  it('has a refusal say what it is about', async () => {
    expect(await exchange({ event: 'say', room: 'kitchen', text: '' })).toEqual([
      { event: 'error', room: 'kitchen', data: { code: 'rude', message: 'Say something.' } },
    ]);
  });

  it('has a client that was away told what it missed', async () => {
    ['one', 'two', 'three'].forEach((text) => {
      chat.say(text);
    });

    expect(await exchange(connect(['resume'], { epoch: 'chat', offset: 1 }))).toEqual([
      connected(['resume'], { epoch: 'chat', offset: 3, recovered: true }),
      { id: 2, event: 'said', data: { text: 'two' } },
      { id: 3, event: 'said', data: { text: 'three' } },
    ]);
  });

  it('has a state sent after the events in it', async () => {
    expect(await exchange({ event: 'say', text: 'one' }, { event: 'look' })).toEqual([
      { event: 'said', data: { text: 'one' } },
      { event: 'seen', data: { count: 1 } },
    ]);
  });

  it('has transients sent to the clients alone that agreed to their capability, after the event before them', async () => {
    const answered = (capabilities: readonly string[]) =>
      exchange(connect(capabilities), { event: 'say', text: 'hello' });
    const said = { event: 'said', data: { text: 'hello' } };

    expect(await answered([])).toEqual([connected([]), said]);
    expect(await answered(['typing'])).toEqual([connected(['typing']), said, { event: 'typed' }]);
  });
});
