import { createHmac } from 'node:crypto';
import { SHORT } from '../faults/settings';
import type { SeededRandom } from '../faults/seeded-random';
import { frame } from './stage/frame';
import { request, SOCKET_PATH, upgradeAt } from './stage/http-text';
import { SIGNED_IN } from './stage/stage';
import { encoded, tokenFor } from './stage/token';

const ATTEMPTS = SHORT ? 16 : 1000;
const PATIENCE_MS = 5000;
/** Seconds since 1970, once for all attempts. */
const NOW = Math.floor(Date.now() / 1000);

const unsigned = (header: object, claims: object): string =>
  `${encoded(JSON.stringify(header))}.${encoded(JSON.stringify(claims))}.`;

const VALID = { sub: 'eve', exp: NOW + 3600 };

/** A token that must sign nobody in. */
function badToken(random: SeededRandom): string {
  const good = tokenFor('eve');
  return random.pick([
    () => unsigned({ alg: random.pick(['none', 'None', 'NONE', 'nOnE', '']) }, VALID),
    () => unsigned({ alg: 'HS256' }, VALID),
    () => `${unsigned({ alg: 'none' }, VALID)}${encoded('signature')}`,
    () => tokenFor('eve', { secret: 'another secret, of whoever made it' }),
    () => tokenFor('eve', { secret: '' }),
    () => tokenFor('eve', { header: { alg: 'HS512' }, hash: 'sha512' }),
    () => tokenFor('eve', { header: { alg: 'HS384' }, hash: 'sha384' }),
    () => tokenFor('eve', { header: { alg: 'RS256' } }),
    () => tokenFor('eve', { header: { alg: 'ES256', jwk: { kty: 'oct', k: encoded('mine') } } }),
    () => tokenFor('eve', { header: { alg: ['HS256'] } }),
    () => tokenFor('eve', { claims: { sub: 'eve', exp: NOW - random.integer(60, 1_000_000) } }),
    () => tokenFor('eve', { claims: { sub: 'eve' } }),
    () => tokenFor('eve', { claims: { ...VALID, exp: 'tomorrow' } }),
    () => tokenFor('eve', { claims: { ...VALID, exp: -1 } }),
    () => tokenFor('eve', { claims: { ...VALID, nbf: NOW + 3600 } }),
    () => tokenFor('eve', { claims: { exp: VALID.exp } }),
    () => tokenFor('eve', { claims: { ...VALID, sub: '' } }),
    () => tokenFor('eve', { claims: { ...VALID, sub: 7 } }),
    () => tokenFor('eve', { claims: { ...VALID, sub: { toString: 'eve' } } }),
    () => tokenFor('eve', { claims: { ...VALID, sub: 's'.repeat(101) } }),
    () => tokenFor('eve', { claims: { ...VALID, sub: 'a\u0000b' } }),
    () => tokenFor('eve', { claims: [] }),
    () => {
      const at = good.lastIndexOf('.') + random.integer(1, 40);
      return good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1);
    },
    () => good.slice(0, random.integer(1, good.length - 1)),
    () => `${good}.${good}`,
    () => 'x'.repeat(random.integer(1, 9000)),
    () => '.'.repeat(random.integer(2, 9000)),
    () => `${encoded('['.repeat(3000))}.${encoded('['.repeat(3000))}.x`,
    () => signedNonsense('null'),
    () => signedNonsense('{"sub":"eve","exp":1e400}'),
    () => signedNonsense('{"__proto__":{"sub":"eve","exp":9999999999}}'),
  ])();
}

/** Rightly signed by whoever signs people in, and yet no claims. */
function signedNonsense(claims: string): string {
  const signed = `${encoded('{"alg":"HS256"}')}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', 'not the secret of anybody who signs people in').update(signed).digest('base64url')}`;
}

describe('a token', () => {
  it('that is not the one it seems opens no call of REST', async () => {
    await SIGNED_IN.holds('bad tokens to REST', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await attempt.connect();
        const scheme = random.pick(['Bearer', 'bearer', 'Basic', 'Bearer Bearer', '']);
        const path = random.pick(['/sessions', '/tasks', '/overview', '/sessions/none']);
        client.send(
          request(`GET ${path} HTTP/1.1`, [
            ['Authorization', `${scheme} ${badToken(random)}`],
            ['Connection', 'close'],
          ]),
        );
        const isOver = await client.endsWithin(PATIENCE_MS);
        const isRefused = client.statuses.every((status) => [400, 401, 429, 431].includes(status));
        return isOver && isRefused ? undefined : 'it was not refused and ended';
      }),
    );
  }, 600_000);

  it('that is not the one it seems opens no WebSocket', async () => {
    await SIGNED_IN.holds('bad tokens to the WebSocket', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await attempt.connect();
        client.send(upgradeAt(SOCKET_PATH));
        await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
        const first = random.pick([
          { event: 'connect', data: { token: badToken(random), capabilities: ['auth'] } },
          { event: 'connect', data: { token: badToken(random), resume: { epoch: 'e', offset: 0 } } },
          { event: 'connect' },
          { event: 'authenticate', data: { token: badToken(random) } },
          { event: 'subscribe' },
          { event: 'start', session_id: 'none', id: 'command' },
        ]);
        client.send(frame(JSON.stringify(first)));
        const isOver = await client.hears(({ isRefused }) => isRefused, PATIENCE_MS);
        return isOver && !/"(connected|authenticated|session\.update|ack)"/.test(client.heard)
          ? undefined
          : 'it was not refused';
      }),
    );
  }, 600_000);

  it('of another owner reaches nothing of the well-behaved client', async () => {
    await SIGNED_IN.holds('tokens of another owner', (attack) =>
      attack.attempt(SHORT ? 16 : 200, async (attempt) => {
        const client = await attempt.connect();
        const token = tokenFor(`eve ${attempt.number}`);
        client.send(
          request('GET /sessions HTTP/1.1', [
            ['Authorization', `Bearer ${token}`],
            ['Connection', 'close'],
          ]),
        );
        await client.endsWithin(PATIENCE_MS);
        const heard = client.received.toString('latin1');
        return heard.includes('"total":0') ? undefined : 'it was not answered with an empty list';
      }),
    );
  }, 600_000);
});
