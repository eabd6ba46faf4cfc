import { type ServerEvent, Session, Task, type TaskUpdate } from '@creative-autogpt/protocol';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import * as v from 'valibot';
import { makeScratchDirectory, removeScratchDirectory } from '../testing/scratch-directory';
import { ServerProcess } from '../testing/server-process';
import { SocketClient } from '../testing/socket-client';

const SEED = 20_261_122;
const KILLS = 4;
/** The server is killed after at most so many chunks of text: about as many as a task of this work has. */
const MOST_CHUNKS = 14;
const CHARS_PER_SECOND = 3000;
const WORK = { title: 'The lighthouse', goal: { language: 'en', chapter_count: 1, word_count: 150 } };
const PATIENCE_MS = 60_000;

describe('A killed server', () => {
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

  /** A client that reads along, and the status of the session when it began to. */
  const follow = async (sessionId: string): Promise<{ client: SocketClient; status: string | undefined }> => {
    const client = await SocketClient.open(server.socketUrl);
    await client.connect(['streaming']);
    client.send({ event: 'subscribe', session_id: sessionId });
    const { data } = await client.messages.next('subscribed');
    return { client, status: data?.session.status };
  };

  it(
    `S9: keeps every update it has sent and goes on by itself, killed ${KILLS} times (seed ${SEED})`,
    async () => {
      const random = xoroshiro128plus(SEED);
      const { id } = await server.post('/sessions', WORK, Session);
      await server.post(`/sessions/${id}/start`, {}, v.looseObject({}));
      const received: ServerEvent[] = [];

      for (let kill = 0; kill < KILLS; kill += 1) {
        const { client, status } = await follow(id);

        expect(status).withContext('there is still something to interrupt').toBe('running');

        for (let chunks = uniformInt(random, 1, MOST_CHUNKS); chunks > 0; chunks -= 1) {
          await client.messages.next('task.chunk');
        }
        await server.kill();
        await client.closed;
        received.push(...client.messages.all);
        server = await ServerProcess.start(directory, CHARS_PER_SECOND);

        const stored = await server.get(`/sessions/${id}/tasks`, v.array(Task));
        for (const { data } of completions(received)) {
          expect(stored.find(({ task_id }) => task_id === data.task_id)).toEqual(
            jasmine.objectContaining(data),
          );
        }

        expect((await server.get(`/sessions/${id}`, Session)).completed_tasks).toBeGreaterThanOrEqual(
          mostCompletedTasks(received),
        );
      }

      const { client, status } = await follow(id);
      if (status !== 'completed') {
        await client.messages.next('session.update', ({ data }) => data.status === 'completed');
      }
      received.push(...client.messages.all);
      const completed = completions(received).map(({ data }) => data.task_id);
      const tasks = await server.get(`/sessions/${id}/tasks`, v.array(Task));

      expect(tasks.map(({ status }) => status)).toEqual(tasks.map(() => 'completed'));
      expect(completed).toHaveSize(new Set(completed).size);
      expect((await server.get(`/sessions/${id}`, Session)).status).toBe('completed');
    },
    PATIENCE_MS,
  );
});

function completions(messages: readonly ServerEvent[]): TaskUpdate[] {
  return messages.flatMap((message) =>
    message.event === 'task.update' && message.data.status === 'completed' ? [message] : [],
  );
}

/** The highest count of completed tasks that anybody was told. */
function mostCompletedTasks(messages: readonly ServerEvent[]): number {
  return Math.max(
    0,
    ...messages.map((message) => (message.event === 'progress.update' ? message.data.completed_tasks : 0)),
  );
}
