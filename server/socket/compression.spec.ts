import { randomBytes } from 'node:crypto';
import { NOVEL } from '../testing/sample-work';
import { EMBEDDED } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import { TestServer } from '../testing/test-server';

/** Client options that compress every message, as browsers do. */
const COMPRESSING = { perMessageDeflate: { threshold: 0 } };

/** A title that compression makes little shorter. */
const noise = (): string => randomBytes(20_000).toString('base64');

describe('Compression', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.open(EMBEDDED, new ScriptedAuthor());
  });

  afterEach(async () => {
    await server.close();
  });

  it('brings the same to those who agreed on it and to others, in the same order', async () => {
    const clients = [
      await server.openClient(),
      await server.openClient({ perMessageDeflate: false }),
      await server.openClient({ messagePack: true }),
    ];
    await Promise.all(clients.map((client) => client.connect(['batch', 'resume'])));
    const titles = Array.from({ length: 30 }, (_, index) => (index % 3 === 0 ? noise() : `Title ${index}`));
    await Promise.all(titles.map((title) => server.store.createSession({ ...NOVEL, title })));
    await Promise.all(clients.map((client) => client.settle()));

    for (const { messages, offsets } of clients) {
      const received = messages.all.flatMap((message) =>
        message.event === 'session.update' ? [message.data.title] : [],
      );

      expect(received).toEqual(titles);
      expect(offsets).toEqual(titles.map((_, index) => index + 1));
    }
  });

  it('of what clients send is understood, also of many messages at once and of long ones', async () => {
    const client = await server.openClient(COMPRESSING);
    await client.connect(['round-trip']);
    const times = Array.from({ length: 100 }, (_, index) => index);
    for (const ts of times) {
      client.send({ event: 'ping', data: { ts }, padding: ts % 10 === 0 ? noise() : '' });
    }
    const answered: unknown[] = [];
    while (answered.length < times.length) {
      answered.push((await client.messages.next('pong')).data?.ts);
    }

    expect(answered).toEqual(times);
  });

  it('leaves nothing behind at the server once a message is read', async () => {
    const clients = await Promise.all([1, 2, 3].map(() => server.openClient(COMPRESSING)));
    await Promise.all(clients.map((client) => client.connect(['batch'])));
    await Promise.all(clients.map((client) => client.settle()));

    expect(server.decompressors).toBe(0);
  });
});
