import * as fc from 'fast-check';
import { connectedClient } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';

const FRAMES = 10_000;

/** Text that is not JSON, JSON that is no message, and bytes. */
const malformed = fc.oneof(
  fc.string().filter((text) => !text.startsWith('{')),
  fc.json({ maxDepth: 2 }).filter((json) => !json.includes('"event"')),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => bytes.slice().buffer),
);

describe('malformed frames', () => {
  useFakeBrowser();

  it(`are survived, ${FRAMES} of them, each reported briefly`, () => {
    const realtime = connectedClient();
    let longest = 0;
    let errors = 0;
    const seen: string[] = [];
    realtime.errors.subscribe(({ code, message }) => {
      errors += code === 'undecodable-frame' ? 1 : 0;
      longest = Math.max(longest, message.length);
    });
    realtime.messages.subscribe(({ event }) => seen.push(event));

    fc.sample(malformed, { numRuns: FRAMES, seed: 1 }).forEach((frame) => lastSocket().deliver(frame));
    lastSocket().emit({ event: 'alive' });

    expect(errors).toBe(FRAMES);
    expect(longest).toBeLessThan(200);
    expect(seen).toEqual(['alive']);
    expect(realtime.status()).toBe('connected');
    expect(FakeWebSocket.sockets.length).toBe(1);
  });
});
