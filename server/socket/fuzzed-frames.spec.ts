import * as fc from 'fast-check';
import { EMBEDDED } from '../testing/backends';
import { ScriptedAuthor } from '../testing/scripted-author';
import type { SocketClient } from '../testing/socket-client';
import { TestServer } from '../testing/test-server';
import { BINARY_FRAMES, type HostileFrame, TEXT_FRAMES } from '../testing/hostile-frames';
import { everybodyGone } from '../testing/everybody-gone';

const SEED = 20_261_125;
const SOCKETS = 26;
/** No more than a client may send at once, with the message that ends them. */
const FRAMES_PER_SOCKET = 199;
const PATIENCE_MS = 120_000;

describe('Frames that somebody made up', () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await TestServer.open(EMBEDDED, new ScriptedAuthor());
  });

  afterEach(async () => {
    await server.close();
  });

  const kinds: Record<string, [frames: fc.Arbitrary<HostileFrame>, messagePack: boolean]> = {
    'text, and bytes where text belongs': [TEXT_FRAMES, false],
    'MessagePack, and text where bytes belong': [BINARY_FRAMES, true],
  };
  for (const [what, [frames, messagePack]] of Object.entries(kinds)) {
    it(
      `S10: ${SOCKETS * FRAMES_PER_SOCKET} of them leave every socket open and others served: ${what} (seed ${SEED})`,
      async () => {
        const other = await server.openClient();
        const { id } = await server.createSession();
        await other.messages.next('session.update');
        const clients: SocketClient[] = [];
        for (let index = 0; index < SOCKETS; index += 1) {
          const client = await server.openClient({ messagePack });
          clients.push(client);
          for (const frame of fc.sample(frames, { numRuns: FRAMES_PER_SOCKET, seed: SEED + index })) {
            client.sendFrame(frame);
          }
          client.send({ event: 'ping', data: { ts: index }, id: 'the-end' });
          await server.renameSession(id, `Title ${index}`);
          await other.messages.next('session.update', ({ data }) => data.title === `Title ${index}`);
        }
        await Promise.all(clients.map((client) => client.settle()));
        const failures = clients.flatMap(({ messages }) =>
          messages.all.filter((message) => JSON.stringify(message).includes('"code":"internal"')),
        );

        expect(failures).toEqual([]);
        expect(clients.filter(({ socket }) => socket.readyState !== socket.OPEN)).toEqual([]);

        clients.forEach(({ socket }) => {
          socket.terminate();
        });
        other.socket.terminate();
        await everybodyGone(server);

        expect(server.log.errors).toEqual([]);
      },
      PATIENCE_MS,
    );
  }
});
