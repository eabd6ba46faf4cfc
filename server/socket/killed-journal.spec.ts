import { type Ack, type ServerEvent, Session } from '@creative-autogpt/protocol';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { makeScratchDirectory, removeScratchDirectory } from '../testing/scratch-directory';
import { ServerProcess } from '../testing/server-process';
import { SocketClient } from '../testing/socket-client';

const SEED = 20_261_123;
const KILLS = 5;
/**
 * The server is killed after so many acknowledgements, while it is still busy with the commands after them.
 */
const MOST_ACKS = 40;
const COMMANDS = 100;
/** Slow enough that no session ever gets on with its text. */
const CHARS_PER_SECOND = 1;
const WORK = { title: 'The lighthouse', goal: { language: 'en', chapter_count: 1, word_count: 300 } };
const PATIENCE_MS = 120_000;

describe('A server that is killed in a burst of changes', () => {
  let directory: string;
  let server: ServerProcess;

  beforeEach(async () => {
    directory = makeScratchDirectory();
    server = await ServerProcess.start(directory, CHARS_PER_SECOND);
  }, PATIENCE_MS);

  afterEach(async () => {
    await server.kill();
    removeScratchDirectory(directory);
  });

  it(
    `S9, S13, S15: has lost nothing it sent and does no command twice, killed ${KILLS} times (seed ${SEED})`,
    async () => {
      const random = xoroshiro128plus(SEED);
      const { id: sessionId } = await server.post('/sessions', WORK, Session);
      const received = new Map<number, ServerEvent>();
      const acks = new Map<string, Ack['data']>();
      let epoch = '';
      let offset = 0;
      let client = await SocketClient.open(server.socketUrl);
      ({ epoch = '' } = await client.connect(['resume', 'commands']));

      for (let kill = 0; kill < KILLS; kill += 1) {
        // Start and stop in turn: each is allowed exactly if the one before was done once.
        for (let number = 0; number < COMMANDS; number += 1) {
          const id = `${String(kill)}-${String(number)}`;
          client.send({ event: number % 2 === 0 ? 'start' : 'stop', session_id: sessionId, id });
        }
        for (let toCome = uniformInt(random, 1, MOST_ACKS); toCome > 0; toCome -= 1) {
          await client.messages.next('ack');
        }
        await server.kill();
        await client.closed;
        keep(client, received, acks);
        offset = Math.max(offset, ...received.keys());

        expect(acks.size)
          .withContext('there was still something to interrupt')
          .toBeLessThan((kill + 1) * COMMANDS);

        server = await ServerProcess.start(directory, CHARS_PER_SECOND);
        client = await SocketClient.open(server.socketUrl);
        const connected = await client.connect(['resume', 'commands'], { epoch, offset });

        expect([connected.epoch, connected.recovered]).toEqual([epoch, true]);
        for (let number = 0; number < COMMANDS; number += 1) {
          const id = `${String(kill)}-${String(number)}`;
          client.send({ event: number % 2 === 0 ? 'start' : 'stop', session_id: sessionId, id });
        }
        await client.messages.next(
          'ack',
          ({ data }) => data.id === `${String(kill)}-${String(COMMANDS - 1)}`,
        );
      }

      await client.settle();
      keep(client, received, acks);
      const reader = await SocketClient.open(server.socketUrl);
      const { offset: end = 0 } = await reader.connect(['resume'], { epoch, offset: 0 });
      await reader.settle();

      expect([...acks.values()].filter(({ ok }) => !ok)).toEqual([]);
      expect(acks).toHaveSize(KILLS * COMMANDS);
      expect(reader.offsets).toEqual(Array.from({ length: end }, (_, index) => index + 1));
      for (const message of reader.messages.all) {
        if (typeof message.id === 'number' && received.has(message.id)) {
          expect(message).toEqual(received.get(message.id) ?? message);
        }
      }
    },
    PATIENCE_MS,
  );
});

/** Remembers what a client was told, by offset and by id: the first time, where it was told twice. */
function keep(
  client: SocketClient,
  received: Map<number, ServerEvent>,
  acks: Map<string, Ack['data']>,
): void {
  for (const message of client.messages.all) {
    if (message.event === 'ack') {
      acks.set(message.data.id, message.data);
    } else if (typeof message.id === 'number' && !received.has(message.id)) {
      received.set(message.id, message);
    }
  }
}
