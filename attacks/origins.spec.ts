import { SHORT } from '../faults/settings';
import { request, SOCKET_PATH, UPGRADE } from './stage/http-text';
import { OPEN } from './stage/stage';

const ATTEMPTS = SHORT ? 16 : 600;
const PATIENCE_MS = 5000;

/** Names that a page of somebody else may be reached under, on its way to this machine (DNS rebinding). */
const FOREIGN_HOSTS = [
  'evil.example',
  'evil.example:8000',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  'evil.example#localhost',
  'evil.example@127.0.0.1',
  '127.0.0.1@evil.example',
  '[::1].evil.example',
  '0.0.0.0.evil.example',
  '127.0.0.1:80:80',
  'xn--',
  '',
  ' ',
] as const;

const PATHS = [
  '/',
  '/index.html',
  '/config.json',
  '/sessions',
  '/tasks?page=1',
  '/overview',
  '/health',
  '/metrics',
  '/openapi.json',
  '/nothing',
  '/%zz',
  `/sessions/${'a'.repeat(101)}`,
  SOCKET_PATH,
] as const;

const FOREIGN_ORIGINS = [
  'https://evil.example',
  'http://127.0.0.1.evil.example',
  'http://localhost.evil.example:8000',
  'http://localhost@evil.example',
  'null',
  'file://',
  'chrome-extension://abc',
  'http://',
  'localhost',
] as const;

describe('a page of somebody else', () => {
  it('gets nothing under a foreign Host', async () => {
    await OPEN.holds('foreign hosts', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await attempt.connect();
        const method = random.pick(['GET', 'HEAD', 'OPTIONS', 'POST']);
        const headers = [
          ...(random.integer(0, 2) === 0 ? UPGRADE : ([['Connection', 'close']] as const)),
          ['Accept', random.pick(['text/html', 'application/json', '*/*'])],
        ] as const;
        client.send(
          request(`${method} ${random.pick(PATHS)} HTTP/1.1`, headers, '', [
            ['Host', random.pick(FOREIGN_HOSTS)],
          ]),
        );
        const isOver = await client.endsWithin(PATIENCE_MS);
        const isRefused = client.statuses.every((status) => [400, 403, 404, 405, 414, 421].includes(status));
        return isOver && isRefused ? undefined : 'it was not refused and ended';
      }),
    );
  }, 600_000);

  it('opens no WebSocket, and may read no answer, from a foreign origin', async () => {
    await OPEN.holds('foreign origins', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await attempt.connect();
        const origin = ['Origin', random.pick(FOREIGN_ORIGINS)] as const;
        const isUpgrade = random.integer(0, 1) === 0;
        client.send(
          isUpgrade
            ? request(`GET ${SOCKET_PATH} HTTP/1.1`, [...UPGRADE, origin])
            : request(`${random.pick(['GET', 'OPTIONS'])} ${random.pick(PATHS)} HTTP/1.1`, [
                origin,
                ['Access-Control-Request-Method', 'DELETE'],
                ['Connection', 'close'],
              ]),
        );
        if (!(await client.endsWithin(PATIENCE_MS))) {
          return 'it was not ended';
        }
        if (client.statuses.includes(101)) {
          return 'its WebSocket was opened';
        }
        return /access-control-allow-origin/i.test(client.received.toString('latin1'))
          ? 'it may read the answer'
          : undefined;
      }),
    );
  }, 600_000);
});
