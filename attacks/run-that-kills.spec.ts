import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { RealServer } from '../faults/servers/real-server';
import { SHORT } from '../faults/settings';
import { until } from '../faults/storms/until';
import { portOf } from '../server/testing/port-of';
import { RedisProcess } from '../server/testing/redis-process';
import { GOOD_TEXT } from '../server/testing/sample-texts';

const PATIENCE_MS = 60_000;

/** Ends of the server after which a person decides. */
const MOST_ENDS = 3;

const KILLER = 'The text that kills';

/**
 * Runs in the server: has an answer do what a text might that nobody foresaw. What asks the endpoint tells of
 * its answers on a channel of Node.
 */
const FAILING_ANSWERS = `
import { subscribe } from 'node:diagnostics_channel';
subscribe('undici:request:headers', ({ response }) => {
  const headers = response.headers.map(String);
  const failure = headers[headers.indexOf('x-failure') + 1];
  if (failure === 'heap') for (const held = []; ; ) held.push(new Array(100000).fill(1.5));
  if (failure === 'error') setTimeout(() => { throw new Error('nobody caught it'); });
});`;

const NODE_OPTIONS = [
  '--max-old-space-size=160',
  `--import=data:text/javascript,${encodeURIComponent(FAILING_ANSWERS)}`,
].join(' ');

describe('A session whose text ends the server', () => {
  let endpoint: Server;
  let server: RealServer;
  let redis: RedisProcess | undefined;
  /** What the answer with its text does. */
  let failure: 'heap' | 'error' | 'nothing, for ever';
  /** How often its text was asked for. */
  let asked: number;
  /** How often the server has ended, and how many texts of the other session it has asked for since. */
  let ends: number;
  let othersAsked: number;
  let killer: string;
  let other: string;

  /**
   * Answers the other session once before each end of the server, and the session that ends it when the other
   * has something stored: whichever the machine runs first.
   */
  const answer = async (prompt: string, response: ServerResponse): Promise<void> => {
    const headers = { 'content-type': 'text/event-stream' };
    if (!prompt.includes(KILLER)) {
      othersAsked += 1;
      if (othersAsked === 1 || ends === MOST_ENDS) {
        response.writeHead(200, headers).end(answerOf(GOOD_TEXT));
      }
      return;
    }
    asked += 1;
    if (failure !== 'nothing, for ever') {
      await until(() => othersAsked > 1, PATIENCE_MS);
      response.writeHead(200, { ...headers, 'x-failure': failure }).end();
    }
  };

  beforeEach(async () => {
    asked = 0;
    ends = 0;
    othersAsked = 0;
    redis = undefined;
    endpoint = createServer((request, response) => {
      void text(request).then((prompt) => answer(prompt, response));
    });
    endpoint.listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
  });

  afterEach(async () => {
    await server.dispose();
    await redis?.remove();
    endpoint.closeAllConnections();
    endpoint.close();
  });

  const open = async (variables: Readonly<Record<string, string>> = {}): Promise<void> => {
    server = await RealServer.open(
      {
        LLM_BASE_URL: `http://127.0.0.1:${portOf(endpoint)}/v1`,
        LLM_MODEL: 'a-model',
        MAX_REQUESTS_PER_MINUTE: '1000000',
        NODE_OPTIONS,
        ...variables,
      },
      {
        onLogLine: () => {
          // Each end is meant, and Node prints some fifty lines about one.
        },
      },
    );
    killer = await createKiller(server.url);
    other = await server.createSession();
    await server.startSession(other);
    await server.startSession(killer);
  };

  const found = async (id: string): Promise<Session | undefined> =>
    (await server.sessions()).find((session) => session.id === id);

  const hasEnded = (): boolean => server.pid === undefined;

  /** Has the server end as often as it takes, and start again each time. */
  const liveThrough = async (): Promise<void> => {
    while (ends < MOST_ENDS) {
      await until(hasEnded, PATIENCE_MS);
      ends += 1;
      othersAsked = 0;
      await server.start();
    }
  };

  const waitsForPerson = async (): Promise<boolean> => (await found(killer))?.status === 'paused';
  const isCompleted = async (): Promise<boolean> => (await found(other))?.status === 'completed';

  for (const how of SHORT ? (['error'] as const) : (['heap', 'error'] as const)) {
    it(`waits for a person after the third time (${how}), and others go on`, async () => {
      failure = how;
      await open();
      await liveThrough();
      await until(waitsForPerson, PATIENCE_MS);
      await until(isCompleted, PATIENCE_MS);

      expect((await found(killer))?.error_code).toBe('server_ended');
      expect(asked).toBe(MOST_ENDS);
    }, 300_000);
  }

  if (!SHORT) {
    it('waits for a person after the third time on Redis, too', async () => {
      failure = 'error';
      redis = await RedisProcess.start();
      await open({ REDIS_URL: redis.url });
      await liveThrough();
      await until(waitsForPerson, PATIENCE_MS);

      expect((await found(killer))?.error_code).toBe('server_ended');
    }, 300_000);

    it('goes on however often a signal ended the server meanwhile', async () => {
      failure = 'nothing, for ever';
      await open();
      for (let end = 1; end <= MOST_ENDS + 1; end += 1) {
        await until(() => asked >= end, PATIENCE_MS);
        await server.kill();
        await server.start();
      }
      await until(() => asked > MOST_ENDS + 1, PATIENCE_MS);

      expect((await found(killer))?.status).toBe('running');
    }, 300_000);
  }
});

async function createKiller(url: string): Promise<string> {
  const answer = await fetch(`${url}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: KILLER, goal: { language: 'en', chapter_count: 1, word_count: 150 } }),
  });
  return v.parse(Session, await answer.json()).id;
}

function answerOf(written: string): string {
  const piece = { choices: [{ index: 0, delta: { content: written }, finish_reason: 'stop' }] };
  return `data: ${JSON.stringify(piece)}\n\ndata: [DONE]\n\n`;
}
