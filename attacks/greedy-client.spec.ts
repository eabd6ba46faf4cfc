import { setTimeout as pause } from 'node:timers/promises';
import { SHORT } from '../faults/settings';
import type { SeededRandom } from '../faults/seeded-random';
import { frame } from './stage/frame';
import { type Headers, request, SOCKET_PATH, upgradeAt } from './stage/http-text';
import { SIGNED_IN } from './stage/stage';
import { tokenFor } from './stage/token';

/** Sockets and connections of REST: more than an owner may have of the former. */
const SOCKETS = 120;
const CALLERS = 8;
const LASTS_MS = SHORT ? 1000 : 60_000;
const PATIENCE_MS = 5000;

/** Time (ms) between two frames of a socket, and between two calls of a caller: beyond what is allowed. */
const FRAME_EVERY_MS = 20;
const CALL_EVERY_MS = 100;

const LARGE_GOAL = { requirement: 'r'.repeat(4000), language: 'en', chapter_count: 200 };

function message(random: SeededRandom): object {
  return random.pick([
    { event: 'subscribe' },
    { event: 'connect', data: { capabilities: ['resume', 'batch'], resume: { epoch: 'none', offset: 0 } } },
    { event: 'ping', data: { ts: 1 } },
    { event: 'start', session_id: 'none', id: `command ${random.integer(0, 1e9)}` },
    { event: 'nothing that is known', data: { text: 'x'.repeat(random.integer(0, 20_000)) } },
  ]);
}

function call(random: SeededRandom, authorization: Headers): string {
  const body = JSON.stringify({ title: 'More', goal: LARGE_GOAL });
  return random.pick([
    request('GET /sessions?page_size=100 HTTP/1.1', authorization),
    request('GET /tasks?page=1000&page_size=100&status_filter=pending HTTP/1.1', authorization),
    request('GET /overview HTTP/1.1', authorization),
    request('GET / HTTP/1.1', [...authorization, ['Accept-Encoding', 'br']]),
    request(
      'POST /sessions HTTP/1.1',
      [...authorization, ['Content-Type', 'application/json'], ['Content-Length', String(body.length)]],
      body,
    ),
  ]);
}

describe('an owner', () => {
  it('who goes to all limits at once is refused, and harms nobody', async () => {
    await SIGNED_IN.holds('all limits at once', async (attack) => {
      const token = tokenFor('greedy');
      const authorization: Headers = [['Authorization', `Bearer ${token}`]];
      await attack.attempt(
        SOCKETS + CALLERS,
        async (attempt) => {
          const { random, number } = attempt;
          const client = await attempt.connect('127.0.0.77');
          const late = AbortSignal.timeout(LASTS_MS);
          if (number < CALLERS) {
            while (!late.aborted && !client.isEnded) {
              client.send(call(random, authorization));
              await pause(CALL_EVERY_MS);
            }
            return undefined;
          }
          client.send(upgradeAt(SOCKET_PATH));
          await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
          client.send(frame(JSON.stringify({ event: 'connect', data: { token, capabilities: ['resume'] } })));
          while (!late.aborted && !client.isEnded) {
            client.send(frame(JSON.stringify(message(random))));
            await pause(FRAME_EVERY_MS);
          }
          return undefined;
        },
        { atOnce: SOCKETS + CALLERS },
      );
    });
  }, 300_000);
});
