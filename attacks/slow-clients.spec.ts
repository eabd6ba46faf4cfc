import { setTimeout as pause } from 'node:timers/promises';
import { SHORT } from '../faults/settings';
import { until } from '../faults/storms/until';
import { frame } from './stage/frame';
import { request, SOCKET_PATH, upgradeAt } from './stage/http-text';
import type { RawClient } from './stage/raw-client';
import { OPEN, SIGNED_IN } from './stage/stage';

const CLIENTS = SHORT ? 8 : 150;
const PATIENCE_MS = 5000;
/** Time (ms) after which a server has given a client up that says too little; its timers are the system's. */
const GIVEN_UP_WITHIN_MS = 100_000;
const BYTE_EVERY_MS = SHORT ? 50 : 1000;
/** Sockets that one address may have by default. */
const MOST_SOCKETS = 100;
/** Time (ms) after which a refused socket holds no place any more, though its client is still there. */
const FREED_WITHIN_MS = 10_000;
/** More than a server has descriptors for. */
const CROWD = 400;

/** Bytes one by one, until the server has had enough of them; a short run only begins. */
async function drip(client: RawClient, bytes: string): Promise<string | undefined> {
  const late = AbortSignal.timeout(SHORT ? 300 : GIVEN_UP_WITHIN_MS);
  for (const byte of bytes) {
    if (client.isEnded || late.aborted) {
      break;
    }
    client.send(byte);
    await Promise.race([client.ended, pause(BYTE_EVERY_MS)]);
  }
  return SHORT || client.isEnded ? undefined : 'it was not given up';
}

describe('clients', () => {
  it('that send their headers slowly are given up', async () => {
    await OPEN.holds('slow headers', (attack) =>
      attack.attempt(
        CLIENTS,
        async (attempt) => {
          const client = await attempt.connect();
          return drip(client, request('GET / HTTP/1.1', [['X-Long', 'x'.repeat(10_000)]]));
        },
        { stay: true, atOnce: CLIENTS },
      ),
    );
  }, 300_000);

  it('that send their bodies slowly are given up', async () => {
    await OPEN.holds('slow bodies', (attack) =>
      attack.attempt(
        CLIENTS,
        async (attempt) => {
          const client = await attempt.connect();
          client.send(
            request('POST /sessions HTTP/1.1', [
              ['Content-Type', 'application/json'],
              ['Content-Length', '60000'],
            ]),
          );
          return drip(client, 'x'.repeat(10_000));
        },
        { stay: true, atOnce: CLIENTS },
      ),
    );
  }, 300_000);

  it('that open a WebSocket and do not sign in are given up', async () => {
    await SIGNED_IN.holds('silent sockets before sign-in', (attack) =>
      attack.attempt(
        CLIENTS,
        async (attempt) => {
          const client = await attempt.connect();
          client.send(upgradeAt(SOCKET_PATH));
          await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
          const isGivenUp = await client.hears(({ isRefused }) => isRefused, SHORT ? 1 : GIVEN_UP_WITHIN_MS);
          return SHORT || isGivenUp ? undefined : 'it was not given up';
        },
        { stay: true, atOnce: CLIENTS },
      ),
    );
  }, 300_000);

  it('that read nothing of what they ask for harm nobody', async () => {
    await OPEN.holds('clients that never read', (attack) =>
      attack.attempt(
        SHORT ? 4 : 40,
        async (attempt) => {
          const client = await attempt.connect();
          client.send(upgradeAt(SOCKET_PATH));
          await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
          client.stopReading();
          const asking = [{ event: 'subscribe' }, { event: 'nothing that is known' }, { event: 'ping' }];
          for (let times = 0; times < (SHORT ? 300 : 5000); times += 1) {
            client.send(frame(JSON.stringify(attempt.random.pick(asking))));
          }
          return undefined;
        },
        { stay: true },
      ),
    );
  }, 300_000);

  it('that are refused and do not leave hold no place', async () => {
    await OPEN.holds('refused clients that stay', async (attack, server) => {
      const before = server.descriptors;
      await attack.attempt(
        MOST_SOCKETS + CLIENTS,
        async (attempt) => {
          const client = await attempt.connect('127.0.0.99');
          client.send(upgradeAt(SOCKET_PATH));
          const isAnswered = await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
          return isAnswered || client.isEnded ? undefined : 'it was not answered';
        },
        { stay: true },
      );
      const tooMany = (): number => server.descriptors - before - MOST_SOCKETS;
      await until(() => tooMany() <= 0, FREED_WITHIN_MS).catch(() => {
        attack.complain(tooMany(), `${tooMany()} connections of one address are open beyond its limit`);
      });
    });
  }, 300_000);

  it('that close one half of a connection are ended', async () => {
    await OPEN.holds('half-closed connections', (attack) =>
      attack.attempt(SHORT ? 12 : 500, async (attempt) => {
        const client = await attempt.connect();
        client.send(
          attempt.random.pick([
            '',
            'GET /',
            request('GET /health HTTP/1.1'),
            request('POST /sessions HTTP/1.1', [['Content-Length', '10']], '{'),
            upgradeAt(SOCKET_PATH),
            upgradeAt(SOCKET_PATH) + frame('{"event":"ping"}').toString('latin1'),
          ]),
        );
        client.halfClose();
        return (await client.endsWithin(PATIENCE_MS)) ? undefined : 'it was not ended';
      }),
    );
  }, 300_000);

  it('in greater numbers than a server can take leave it as it was', async () => {
    await OPEN.holds('more connections than descriptors', async (attack) => {
      await attack.attempt(
        CROWD,
        async (attempt) => {
          const client = await attempt.connect();
          client.send(
            attempt.random.pick(['', 'GET /', request('GET /health HTTP/1.1'), upgradeAt(SOCKET_PATH)]),
          );
          return undefined;
        },
        { stay: true, atOnce: 50 },
      );
      await pause(SHORT ? 200 : 5000);
    });
  }, 300_000);
});
