import { SHORT } from '../faults/settings';
import { type Headers, request, SOCKET_PATH, UPGRADE, upgradeAt } from './stage/http-text';
import { OPEN } from './stage/stage';

const ATTEMPTS = SHORT ? 16 : 1000;
/** Time (ms) that an answer may take, and the end of a connection that is not taken. */
const PATIENCE_MS = 5000;

/** Addresses that have no WebSocket, or cannot be read. */
const OTHER_ADDRESSES = [
  '/%zz',
  '/ws/ws/%c0%ae',
  `/sessions/${'a'.repeat(101)}`,
  '/nothing',
  '/health',
  '/sessions',
  '/ws/ws/more',
  '/',
  '//ws/ws',
  '/index.html',
  '*',
] as const;

/** Requests that a connection may serve before it is asked for an upgrade. */
const BEFORE: readonly string[] = [
  request('GET / HTTP/1.1', [['Accept', 'text/html']]),
  request('GET /asyncapi.json HTTP/1.1'),
  request('GET /health HTTP/1.1'),
  request('GET /config.json HTTP/1.1'),
  request('GET /nothing HTTP/1.1'),
  request('GET /%zz HTTP/1.1'),
  request('POST /sessions HTTP/1.1', [['Content-Length', '1']], '{'),
];

const LINES = [
  'POST /ws/ws HTTP/1.1',
  'HEAD /ws/ws HTTP/1.1',
  'OPTIONS /ws/ws HTTP/1.1',
  'CONNECT 127.0.0.1:80 HTTP/1.1',
  'CONNECT /ws/ws HTTP/1.1',
  'BREW /ws/ws HTTP/1.1',
  'GET /ws/ws HTTP/1.0',
  'GET /ws/ws HTTP/2.0',
  'GET /ws/ws HTTP/1.1.1',
  'GET /ws/ws',
  'GET http://127.0.0.1/ws/ws HTTP/1.1',
  'GET http://elsewhere.example/ws/ws HTTP/1.1',
  `GET /ws/ws?${'q'.repeat(20_000)} HTTP/1.1`,
  'GET /ws/ws HTTP/1.1',
] as const;

/** Headers that stand beside those of an upgrade, or contradict them. */
const ODD_HEADERS: readonly Headers[] = [
  [['Upgrade', 'h2c']],
  [['Upgrade', 'websocket, h2c']],
  [['Upgrade', 'websocket\tx']],
  [['Connection', 'keep-alive']],
  [['Connection', 'close']],
  [['Expect', '100-continue']],
  [['Expect', 'the unexpected']],
  [['Sec-WebSocket-Version', '7']],
  [['Sec-WebSocket-Version', '-13']],
  [['Sec-WebSocket-Key', 'short']],
  [['Sec-WebSocket-Extensions', 'permessage-deflate; server_max_window_bits=99']],
  [['Sec-WebSocket-Extensions', ','.repeat(2000)]],
  [['Sec-WebSocket-Extensions', 'permessage-deflate;'.repeat(500)]],
  [['Sec-WebSocket-Protocol', 'a, a, a']],
  [['Sec-WebSocket-Protocol', '\x01']],
  [['Content-Length', '5']],
  [['Transfer-Encoding', 'chunked']],
  [
    ['Content-Length', '5'],
    ['Transfer-Encoding', 'chunked'],
  ],
  [['Host', 'twice.example']],
  [['Cookie', 'c'.repeat(20_000)]],
  Array.from({ length: 3000 }, (_, index) => [`X-${index}`, 'x']),
  [['No colon', '']],
  [['', 'no name']],
];

describe('an upgrade', () => {
  it('at an address without a WebSocket is answered and ended', async () => {
    await OPEN.holds('upgrades at other addresses', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const client = await attempt.connect();
        client.send(upgradeAt(attempt.random.pick(OTHER_ADDRESSES)));
        return (await client.endsWithin(PATIENCE_MS)) ? undefined : 'it was not ended';
      }),
    );
  }, 600_000);

  it('behind another request of the same connection is taken, or answered and ended', async () => {
    await OPEN.holds('upgrades behind other requests', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const client = await attempt.connect();
        const first = attempt.random.pick(BEFORE);
        const upgrade = upgradeAt(attempt.random.pick([SOCKET_PATH, ...OTHER_ADDRESSES]));
        if (attempt.random.integer(0, 1) === 0) {
          client.send(first + upgrade);
        } else {
          client.send(first);
          await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
          client.send(upgrade);
        }
        const isOver = await client.hears(({ statuses }) => statuses.includes(101), PATIENCE_MS);
        return isOver || client.isEnded ? undefined : 'it was neither taken nor ended';
      }),
    );
  }, 600_000);

  it('that contradicts itself is answered or ended', async () => {
    await OPEN.holds('upgrades that contradict themselves', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await attempt.connect();
        const headers = [...UPGRADE.filter(() => random.integer(0, 9) > 0), ...random.pick(ODD_HEADERS)];
        client.send(request(random.pick(LINES), headers));
        const isAnswered = await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
        return isAnswered || client.isEnded ? undefined : 'it was neither answered nor ended';
      }),
    );
  }, 600_000);

  it('with damaged bytes, or of which a part is missing, harms nobody', async () => {
    await OPEN.holds('damaged and half upgrades', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await attempt.connect();
        const bytes = Buffer.from(upgradeAt(SOCKET_PATH));
        for (let times = random.integer(0, 3); times > 0; times -= 1) {
          bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
        }
        client.send(bytes.subarray(0, random.integer(1, bytes.length)));
        if (random.integer(0, 1) === 0) {
          client.halfClose();
          return (await client.endsWithin(PATIENCE_MS))
            ? undefined
            : 'a half-closed connection was not ended';
        }
        return undefined;
      }),
    );
  }, 600_000);
});
