import { CLOSE_CODES, Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { RedisProcess } from '../testing/redis-process';
import { makeScratchDirectory, removeScratchDirectory } from '../testing/scratch-directory';
import { ServerProcess } from '../testing/server-process';
import { SocketClient } from '../testing/socket-client';

/** Slow enough that the session is still written when the server ends. */
const CHARS_PER_SECOND = 20;
const WORK = { title: 'The lighthouse', goal: { language: 'en', chapter_count: 1, word_count: 300 } };
const PATIENCE_MS = 60_000;

describe('A server that is told to end while Redis is away', () => {
  let redis: RedisProcess;
  let directory: string;
  let server: ServerProcess;

  beforeEach(async () => {
    redis = await RedisProcess.start();
    directory = makeScratchDirectory();
    server = await ServerProcess.start(directory, CHARS_PER_SECOND, { REDIS_URL: redis.url });
  }, PATIENCE_MS);

  afterEach(async () => {
    await server.kill();
    await redis.remove();
    removeScratchDirectory(directory);
  });

  it(
    'sends its clients away with 1012 and ends cleanly, in the middle of a text',
    async () => {
      const client = await SocketClient.open(server.socketUrl);
      await client.connect(['streaming']);
      const { id } = await server.post('/sessions', WORK, Session);
      client.send({ event: 'subscribe', session_id: id });
      await client.messages.next('subscribed');
      await server.post(`/sessions/${id}/start`, {}, v.looseObject({}));
      await client.messages.next('task.chunk');
      await redis.kill();
      const exitCode = server.terminate();

      expect((await client.closed).code).toBe(CLOSE_CODES.restarting);
      expect(await exitCode).toBe(0);
    },
    PATIENCE_MS,
  );
});
