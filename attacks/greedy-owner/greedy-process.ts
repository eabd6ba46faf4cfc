/** The process of an owner who goes to all limits, and stays within them. */
import { Agent, request } from 'node:http';
import { getPriority, setPriority } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { BareSocket } from '../../bench/server/bare-socket';
import { answerCalls } from '../../bench/server/linked-process';
import { until } from '../../faults/storms/until';
import { tokenFor } from '../stage/token';
import type { GreedyCalls, Target } from './owner-calls';

const OWNER = 'greedy';
/** Subscriptions of one socket that are not answered yet. */
const SUBSCRIPTIONS_AT_ONCE = 20;
/** Time (ms) between two requests: the pace that is allowed by default. */
const REQUEST_EVERY_MS = 50;
/** Words of a chapter: about 5 kB of text. */
const WORDS_OF_CHAPTER = 850;
const WRITTEN_WITHIN_MS = 180_000;

// Its own work would not keep a server on another machine from working.
setPriority(getPriority() + 5);

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
let target: Target = { url: '', port: 0 };
let work = '';

/** @returns the status, and the answer where it is small */
function ask(method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${tokenFor(OWNER)}`,
      'accept-encoding': body !== undefined && 'title' in body ? 'identity' : 'br',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const asked = request(target.url + path, { method, headers, agent }, (answer) => {
      let text = '';
      answer.on('data', (bytes: Buffer) => {
        text = text.length > 100_000 ? '' : text + bytes.toString();
      });
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text });
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Subscribes again as soon as it has the answer, until it is closed. */
async function subscribeAllTheTime(): Promise<{ close: () => void; answers: () => number }> {
  const socket = await BareSocket.open({ port: target.port, path: '/ws/ws' });
  let answers = 0;
  let isOpen = true;
  socket.listen(
    () => {
      // The first is `connected`.
      answers += 1;
      for (let more = answers === 1 ? SUBSCRIPTIONS_AT_ONCE : 1; isOpen && more > 0; more -= 1) {
        socket.send(JSON.stringify({ event: 'subscribe', session_id: work }));
      }
    },
    () => {
      isOpen = false;
    },
  );
  socket.send(
    JSON.stringify({ event: 'connect', data: { token: tokenFor(OWNER), capabilities: ['resume'] } }),
  );
  return {
    close: () => {
      isOpen = false;
      socket.close();
    },
    answers: () => Math.max(0, answers - 1),
  };
}

answerCalls<GreedyCalls>({
  write: async (given, chapters) => {
    target = given;
    const goal = { language: 'en', chapter_count: chapters, word_count: chapters * WORDS_OF_CHAPTER };
    const made = await ask('POST', '/sessions', { title: 'A long work', goal });
    work = v.parse(Session, JSON.parse(made.text)).id;
    await ask('POST', `/sessions/${work}/start`);
    await until(async () => {
      await pause(500);
      const { text } = await ask('GET', `/sessions/${work}`);
      return v.parse(Session, JSON.parse(text)).status === 'completed';
    }, WRITTEN_WITHIN_MS);
  },

  ask: async (sockets, ms) => {
    const late = AbortSignal.timeout(ms);
    const opened = await Promise.all(Array.from({ length: sockets }, subscribeAllTheTime));
    const waiting = new Set<Promise<void>>();
    let works = 0;
    let refused = 0;
    const paths = [
      ['GET', 'tasks', undefined],
      ...['txt', 'md', 'json'].map((format) => ['POST', 'export', { format }] as const),
    ] as const;
    for (let asked = 0; !late.aborted; asked += 1) {
      const [method, path, body] = paths[asked % paths.length] ?? paths[0];
      const answered = ask(method, `/sessions/${work}/${path}`, body).then(
        ({ status }) => {
          works += status === 200 ? 1 : 0;
          refused += status === 200 ? 0 : 1;
        },
        () => {
          refused += 1;
        },
      );
      waiting.add(answered);
      void answered.then(() => waiting.delete(answered));
      await pause(REQUEST_EVERY_MS);
    }
    const subscribed = opened.reduce((sum, { answers }) => sum + answers(), 0);
    opened.forEach((socket) => {
      socket.close();
    });
    agent.destroy();
    await Promise.allSettled(waiting);
    return { subscribed, works, refused };
  },
});
