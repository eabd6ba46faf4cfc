import { deflateSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { SEED, SHORT } from '../faults/settings';
import { TEXT_FRAMES } from '../server/testing/hostile-frames';
import { type Headers, request } from './stage/http-text';
import { OPEN } from './stage/stage';

const ATTEMPTS = SHORT ? 16 : 1000;
const PATIENCE_MS = 5000;

const CALLS = [
  'POST /sessions',
  'PATCH /sessions/none',
  'POST /sessions/none/feedback',
  'POST /sessions/none/export',
  'POST /sessions/none/start',
  'POST /tasks/none/approve',
  'DELETE /sessions/none',
] as const;

const JSON_TYPE: Headers = [['Content-Type', 'application/json']];
const CLOSE: Headers = [['Connection', 'close']];

/** Fields of a session that are almost right. */
const ALMOST = [
  { title: 't'.repeat(60_000) },
  { title: '\u0000' },
  { title: '\ud800' },
  { title: '\u200b\u200b' },
  { title: 'a', goal: { chapter_count: 1e308 } },
  { title: 'a', goal: { ['__proto__']: { language: 'en' }, constructor: { prototype: 1 } } },
  { title: 'a', config: { seed: -0.5 } },
  { title: ['a'] },
  { title: 'a', mode: '\u202e'.repeat(50) },
] as const;

/** Bodies that are expensive, or another thing than they say. */
const ODD: readonly (readonly [headers: Headers, body: string | Buffer])[] = [
  [JSON_TYPE, '['.repeat(65_000)],
  [JSON_TYPE, `{"title":"a","goal":${'{"a":'.repeat(12_000)}1${'}'.repeat(12_000)}}`],
  [JSON_TYPE, `{"title":"a","goal":${JSON.stringify(Array.from({ length: 20_000 }, () => 0))}}`],
  [JSON_TYPE, `{${Array.from({ length: 6000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  [JSON_TYPE, `{"title":"a","goal":{"word_count":1e400,"chapter_count":-0}}`],
  [JSON_TYPE, 'x'.repeat(65_537)],
  [JSON_TYPE, ''],
  [JSON_TYPE, '\ufeff{"title":"a"}'],
  [JSON_TYPE, Buffer.from('{"title":"a"}', 'utf16le')],
  [JSON_TYPE, Buffer.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)],
  [[['Content-Type', 'application/json; charset=utf-7']], '{"title":"a"}'],
  [[['Content-Type', 'text/plain']], '{"title":"a"}'],
  [[['Content-Type', 'application/x-www-form-urlencoded']], 'title=a'],
  [[['Content-Type', 'multipart/form-data; boundary=x']], '--x--'],
  [[['Content-Type', '/']], '{}'],
  [[...JSON_TYPE, ['Content-Encoding', 'gzip']], gzipSync('{"title":"a"}')],
  [[...JSON_TYPE, ['Content-Encoding', 'gzip']], gzipSync(Buffer.alloc(50 << 20, 0x20))],
  [[...JSON_TYPE, ['Content-Encoding', 'deflate']], deflateSync('{"title":"a"}')],
  [[...JSON_TYPE, ['Content-Encoding', 'br, br, br, identity']], 'x'],
];

/** Requests whose length is in doubt: two servers might see another request each. */
const AMBIGUOUS: readonly (readonly [headers: Headers, body: string])[] = [
  [
    [
      ['Content-Length', '5'],
      ['Content-Length', '6'],
    ],
    'abcdef',
  ],
  [[['Content-Length', '-1']], ''],
  [[['Content-Length', '1e3']], ''],
  [[['Content-Length', '99999999999999999999']], ''],
  [
    [
      ['Content-Length', '4'],
      ['Transfer-Encoding', 'chunked'],
    ],
    '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  ],
  [[['Transfer-Encoding', 'chunked, identity']], '0\r\n\r\n'],
  [[['Transfer-Encoding', 'xchunked']], '0\r\n\r\n'],
  [[['Transfer-Encoding', 'chunked']], 'zz\r\n'],
  [[['Transfer-Encoding', 'chunked']], `1;${'e'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`],
  [[['Transfer-Encoding', 'chunked']], `0\r\n${'T: x\r\n'.repeat(5000)}\r\n`],
];

describe('a body', () => {
  it('of hostile JSON is refused or done, to every call', async () => {
    const hostile = fc.sample(
      fc.oneof(TEXT_FRAMES, fc.constantFrom(...ALMOST.map((one) => JSON.stringify(one)))),
      {
        seed: SEED,
        numRuns: ATTEMPTS,
      },
    );
    await OPEN.holds('hostile JSON bodies', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const body = Buffer.from(hostile[attempt.number] ?? '');
        const headers: Headers = [...JSON_TYPE, ...CLOSE, ['Content-Length', String(body.length)]];
        const client = await attempt.connect();
        client.send(request(`${attempt.random.pick(CALLS)} HTTP/1.1`, headers));
        client.send(body);
        const isOver = await client.endsWithin(PATIENCE_MS);
        return isOver && client.statuses.length === 1 ? undefined : 'it was not answered once and ended';
      }),
    );
  }, 600_000);

  it('of an odd type, coding, size or depth is refused or done', async () => {
    await OPEN.holds('odd bodies', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const [type, body] = attempt.random.pick(ODD);
        const headers: Headers = [...type, ...CLOSE, ['Content-Length', String(Buffer.byteLength(body))]];
        const client = await attempt.connect();
        client.send(request(`${attempt.random.pick(CALLS)} HTTP/1.1`, headers));
        client.send(body);
        const isOver = await client.endsWithin(PATIENCE_MS);
        return isOver && client.statuses.length > 0 ? undefined : 'it was not answered and ended';
      }),
    );
  }, 600_000);

  it('whose length is in doubt is refused, and the connection ended', async () => {
    await OPEN.holds('ambiguous bodies', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const [headers, body] = attempt.random.pick(AMBIGUOUS);
        const client = await attempt.connect();
        client.send(request(`${attempt.random.pick(CALLS)} HTTP/1.1`, [...JSON_TYPE, ...headers], body));
        const isOver = await client.endsWithin(PATIENCE_MS);
        const isRefused = client.statuses.every((status) => status >= 400 && status < 500);
        return isOver && isRefused ? undefined : 'it was not refused and ended';
      }),
    );
  }, 600_000);

  it('in chunks without end is refused when it is too large', async () => {
    await OPEN.holds('chunks without end', (attack) =>
      attack.attempt(SHORT ? 8 : 200, async (attempt) => {
        const size = attempt.random.integer(1, 4000);
        const chunk = `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`;
        const client = await attempt.connect();
        const headers: Headers = [...JSON_TYPE, ['Transfer-Encoding', 'chunked']];
        client.send(request('POST /sessions HTTP/1.1', headers));
        for (let sent = 0; sent < 200_000 && !client.isEnded; sent += size) {
          client.send(chunk);
        }
        const isAnswered = await client.hears(({ statuses }) => statuses.includes(413), PATIENCE_MS);
        return isAnswered || client.isEnded ? undefined : 'it was not refused';
      }),
    );
  }, 600_000);

  it('that stops in the middle, from a client that leaves, harms nobody', async () => {
    await OPEN.holds('bodies cut off', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const client = await attempt.connect();
        client.send(
          request('POST /sessions HTTP/1.1', [...JSON_TYPE, ['Content-Length', '60000']], '{"title":'),
        );
        return undefined;
      }),
    );
  }, 600_000);
});
