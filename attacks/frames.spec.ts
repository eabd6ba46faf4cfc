import { constants, deflateRawSync } from 'node:zlib';
import { encode } from '@msgpack/msgpack';
import * as fc from 'fast-check';
import { SEED, SHORT } from '../faults/settings';
import type { SeededRandom } from '../faults/seeded-random';
import { BINARY_FRAMES, type HostileFrame, TEXT_FRAMES } from '../server/testing/hostile-frames';
import type { Attempt } from './stage/attack';
import { frame, OPCODES } from './stage/frame';
import { type Headers, SOCKET_PATH, upgradeAt } from './stage/http-text';
import type { RawClient } from './stage/raw-client';
import { OPEN, SIGNED_IN } from './stage/stage';

const ATTEMPTS = SHORT ? 16 : 1000;
const PATIENCE_MS = 5000;
/** Frames of an attempt. */
const FRAMES = 5;

const MESSAGEPACK: Headers = [['Sec-WebSocket-Protocol', 'creative-autogpt.v1+msgpack']];
const COMPRESSION: Headers = [['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits']];

/** Largest payload of a frame that the server reads. */
const LARGEST = 65_536;

const PING = { event: 'ping' };

/** What `pong` looks like in either format. */
const PONG = /"pong"|\xa4pong/;

async function open(attempt: Attempt, headers: Headers = []): Promise<RawClient> {
  const client = await attempt.connect();
  client.send(upgradeAt(SOCKET_PATH, headers));
  await client.hears(({ statuses }) => statuses.length > 0, PATIENCE_MS);
  return client;
}

/** Whether a ping of the protocol is answered, or the connection was ended as the server may do it. */
async function afterwards(client: RawClient, headers: Headers = []): Promise<string | undefined> {
  client.send(frame(headers === MESSAGEPACK ? encode(PING) : JSON.stringify(PING)));
  const goesOnOrEnds = await client.hears(
    ({ heard, isRefused }) => isRefused || PONG.test(heard),
    PATIENCE_MS,
  );
  return goesOnOrEnds ? undefined : 'it neither goes on nor ends';
}

/** Frames that RFC 6455 forbids: a server has to end the connection. */
function forbiddenFrame(random: SeededRandom): Buffer {
  const text = JSON.stringify(PING);
  return random.pick([
    () => frame(text, { isMasked: false }),
    () => frame(text, { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
    () => frame(text, { reserved: random.integer(1, 7) }),
    () => frame(text, { opcode: OPCODES.continuation }),
    () => frame('', { claimed: BigInt(LARGEST + random.integer(1, 2 ** 31 - 1 - LARGEST)) }),
    () => frame('', { claimed: 2n ** 63n - 1n }),
    () => frame('', { claimed: 2n ** 64n - 1n }),
    () => frame('x'.repeat(126), { opcode: OPCODES.ping }),
    () => frame('half', { opcode: OPCODES.ping, isLast: false }),
    () => frame(Uint8Array.of(0xff, 0xfe, 0xc0), { opcode: OPCODES.text }),
    () => frame(Uint8Array.of(0x03, 0xed), { opcode: OPCODES.close }),
    () => frame(Uint8Array.of(0x03), { opcode: OPCODES.close }),
    () => Buffer.concat([frame(text, { isLast: false }), frame(text)]),
  ])();
}

/** Arrays inside each other, each of which claims 256 items. */
const NESTED_MESSAGEPACK = Buffer.concat(Array.from({ length: 21_845 }, () => Buffer.of(0xdc, 1, 0)));

/** Frames whose reading costs more than their bytes are worth. */
const EXPENSIVE: readonly (Buffer | string)[] = [
  NESTED_MESSAGEPACK,
  Buffer.alloc(LARGEST, 0x91),
  Buffer.alloc(LARGEST, 0x81),
  Buffer.concat(Array.from({ length: 13_107 }, () => Buffer.of(0xdd, 0, 1, 0, 0))),
  Buffer.concat([Buffer.of(0xdc, 0xff, 0xff), Buffer.alloc(LARGEST - 3, 0xc0)]),
  '['.repeat(LARGEST),
  '{"a":'.repeat(LARGEST / 5),
  `{${Array.from({ length: 6000 }, (_, index) => `"k${index}":1`).join(',')}}`,
  `{"event":"ping","data":{"ts":${'9'.repeat(60_000)}}}`,
  `{"event":"${'\\\\u0000'.repeat(9000)}"}`,
];

describe('frames', () => {
  it('that the WebSocket protocol forbids end the connection', async () => {
    await OPEN.holds('forbidden frames', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const client = await open(attempt);
        client.send(forbiddenFrame(attempt.random));
        const isRefused = await client.hears((one) => one.isRefused, PATIENCE_MS);
        return isRefused ? undefined : 'it was not ended';
      }),
    );
  }, 600_000);

  it('of random bytes harm nobody', async () => {
    await OPEN.holds('frames of random bytes', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await open(attempt, random.pick([[], COMPRESSION, MESSAGEPACK]));
        const bytes = Buffer.alloc(random.integer(1, 2000));
        bytes.forEach((_, at) => (bytes[at] = random.integer(0, 255)));
        client.send(bytes);
        client.halfClose();
        return (await client.endsWithin(PATIENCE_MS)) ? undefined : 'it was not ended';
      }),
    );
  }, 600_000);

  for (const [format, frames, headers] of [
    ['JSON', TEXT_FRAMES, []],
    ['MessagePack', BINARY_FRAMES, MESSAGEPACK],
  ] as const) {
    it(`of hostile ${format} are answered, or end the connection`, async () => {
      const hostile = fc.sample(fc.array(frames, { minLength: FRAMES, maxLength: FRAMES }), {
        seed: SEED,
        numRuns: ATTEMPTS,
      });
      await OPEN.holds(`hostile ${format}`, (attack) =>
        attack.attempt(ATTEMPTS, async (attempt) => {
          const client = await open(attempt, headers);
          hostile[attempt.number]?.forEach((payload: HostileFrame) => {
            client.send(frame(payload));
          });
          return afterwards(client, headers);
        }),
      );
    }, 600_000);
  }

  for (const [who, stage] of [
    ['before sign-in', SIGNED_IN],
    ['of anybody', OPEN],
  ] as const) {
    it(`whose reading costs much, ${who}, are answered, or end the connection`, async () => {
      await stage.holds(`expensive frames ${who}`, (attack) =>
        attack.attempt(ATTEMPTS, async (attempt) => {
          const payload = attempt.random.pick(EXPENSIVE);
          const headers = typeof payload === 'string' ? [] : MESSAGEPACK;
          const client = await open(attempt, headers);
          client.send(frame(payload));
          return afterwards(client, headers);
        }),
      );
    }, 600_000);
  }

  it('that inflate to far more than they are, or cannot be inflated, end the connection', async () => {
    const bombs = [1, 64].map((mebibytes) =>
      deflateRawSync(Buffer.alloc(mebibytes << 20, 0x20), { finishFlush: constants.Z_SYNC_FLUSH }),
    );
    await OPEN.holds('compressed bombs', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const { random } = attempt;
        const client = await open(attempt, COMPRESSION);
        const garbage = Buffer.from(Array.from({ length: 100 }, () => random.integer(0, 255)));
        client.send(frame(random.pick([...bombs, garbage]), { opcode: OPCODES.text, reserved: 4 }));
        return afterwards(client);
      }),
    );
  }, 600_000);

  it('of a message that has no end harm nobody', async () => {
    await OPEN.holds('fragments without end', (attack) =>
      attack.attempt(
        SHORT ? 16 : 200,
        async (attempt) => {
          const client = await open(attempt);
          const size = attempt.random.pick([0, 1, 100, 4000]);
          client.send(frame('x'.repeat(size), { isLast: false }));
          for (let more = 0; more < 500 && !client.isEnded; more += 1) {
            client.send(frame('x'.repeat(size), { opcode: OPCODES.continuation, isLast: false }));
          }
          return undefined;
        },
        { stay: true, atOnce: 4 },
      ),
    );
  }, 600_000);

  it('of pings in great numbers are answered, or end the connection', async () => {
    await OPEN.holds('floods of pings', (attack) =>
      attack.attempt(SHORT ? 8 : 100, async (attempt) => {
        const client = await open(attempt);
        const ping = attempt.random.pick([
          frame('p'.repeat(125), { opcode: OPCODES.ping }),
          frame('', { opcode: OPCODES.pong }),
          frame(JSON.stringify(PING)),
        ]);
        client.send(Buffer.concat(Array.from({ length: 2000 }, () => ping)));
        client.halfClose();
        return (await client.endsWithin(PATIENCE_MS * 4)) ? undefined : 'it was not ended';
      }),
    );
  }, 600_000);
});
