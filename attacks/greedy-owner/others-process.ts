/** The process of the owners who ask for little, and tell how long they wait for it. */
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Session } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { BareSocket } from '../../bench/server/bare-socket';
import { answerCalls } from '../../bench/server/linked-process';
import { tokenFor } from '../stage/token';
import type { OtherCalls, Target } from './owner-calls';

/** Sockets that are opened at the same time. */
const OPENING = 50;
/** Time (ms) between two reads, pings and changes: within the limits. */
const READ_EVERY_MS = 60;
const PING_EVERY_MS = 25;
const CHANGE_EVERY_MS = 120;
/** Time (ms) in which each of the other owners renames a session, and each socket says something. */
const RENAME_EVERY_MS = 1000;
const SAY_EVERY_MS = 10_000;

/** Owners who wait: each for something else, so that they do not wait for one another. */
const READER = 'other-0';
const PINGER = 'other-1';
const CHANGER = 'other-2';

const agent = new Agent({ keepAlive: true });
const sockets: BareSocket[] = [];
const sessions = new Map<string, string>();
let target: Target = { url: '', port: 0 };
/** Settles the wait for a message, by what it says. */
const awaited = new Map<string, () => void>();

function ask(owner: string, method: string, path: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${tokenFor(owner)}`, 'content-type': 'application/json' };
    const asked = request(target.url + path, { method, headers, agent }, (answer) => {
      let text = '';
      answer.on('data', (bytes: Buffer) => (text += bytes.toString()));
      answer.on('end', () => {
        resolve(text);
      });
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** @param place among the sockets */
async function openSocket(owner: string, place: number, isRead: boolean): Promise<void> {
  const socket = await BareSocket.open({ port: target.port, path: '/ws/ws' });
  socket.send(
    JSON.stringify({
      event: 'connect',
      data: { token: tokenFor(owner), capabilities: ['resume', 'round-trip'] },
    }),
  );
  sockets[place] = socket;
  if (isRead) {
    socket.listen(
      ({ payload }) => {
        const text = payload.toString();
        for (const [words, settle] of awaited) {
          if (text.includes(words)) {
            awaited.delete(words);
            settle();
          }
        }
      },
      () => undefined,
    );
  } else {
    // The server ends sockets that answer no ping: another one takes its place.
    socket.readNothing(() => void openSocket(owner, place, false));
  }
}

/** Does something again and again. @returns how long each time took (ms) */
async function timed(everyMs: number, late: AbortSignal, once: () => Promise<void>): Promise<number[]> {
  const waits: number[] = [];
  while (!late.aborted) {
    const begun = performance.now();
    await once();
    waits.push(performance.now() - begun);
    await pause(everyMs);
  }
  return waits;
}

function heard(words: string): Promise<void> {
  return new Promise((resolve) => {
    awaited.set(words, resolve);
  });
}

let names = 0;

answerCalls<OtherCalls>({
  open: async (given, { owners, socketsEach, silent }) => {
    target = given;
    // The first sockets are those that wait.
    const all = Array.from({ length: owners * socketsEach }, (_, index) => `other-${index % owners}`);
    for (let from = 0; from < all.length; from += OPENING) {
      const opening = all.slice(from, from + OPENING);
      await Promise.all(
        opening.map((owner, index) => openSocket(owner, from + index, from + index < all.length - silent)),
      );
    }
    for (const owner of new Set(all)) {
      const made = await ask(owner, 'POST', '/sessions', { title: owner });
      sessions.set(owner, v.parse(Session, JSON.parse(made)).id);
    }
  },

  measure: async (ms) => {
    const late = AbortSignal.timeout(ms);
    const pinging = sockets[[READER, PINGER].length - 1];
    const reads = timed(READ_EVERY_MS, late, async () => {
      await ask(READER, 'GET', '/sessions?page_size=1');
    });
    const pongs = timed(PING_EVERY_MS, late, async () => {
      names += 1;
      const answered = heard(`{"event":"pong","data":{"ts":${names}}}`);
      pinging?.send(JSON.stringify({ event: 'ping', data: { ts: names } }));
      await answered;
    });
    const events = timed(CHANGE_EVERY_MS, late, async () => {
      names += 1;
      const title = `title ${names} of ${CHANGER}`;
      const told = heard(title);
      await ask(CHANGER, 'PATCH', `/sessions/${sessions.get(CHANGER) ?? ''}`, { title });
      await told;
    });
    const renames = timed(RENAME_EVERY_MS, late, async () => {
      const others = Array.from(sessions).filter(([owner]) => owner !== CHANGER);
      await Promise.all(
        others.map(([owner, id]) => ask(owner, 'PATCH', `/sessions/${id}`, { title: `of ${owner}` })),
      );
    });
    const words = timed(SAY_EVERY_MS / sockets.length, late, () => {
      names += 1;
      sockets[names % sockets.length]?.send(JSON.stringify({ event: 'ping' }));
      return Promise.resolve();
    });
    const [read, pong, event] = await Promise.all([reads, pongs, events, renames, words]);
    return { read, pong, event };
  },
});
