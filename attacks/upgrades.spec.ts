import { SHORT } from '../faults/settings';
import { OPEN } from './stage/stage';

const ATTEMPTS = SHORT ? 40 : 400;
/** Time (ms) after which an upgrade that was not taken is not ended. */
const PATIENCE_MS = 5000;

describe('upgrades', () => {
  it('at addresses that are not the WebSocket are answered and ended', async () => {
    await OPEN.holds('upgrades at other addresses', (attack) =>
      attack.attempt(ATTEMPTS, async (attempt) => {
        const client = await attempt.connect();
        const path = attempt.random.pick(['/%zz', `/sessions/${'a'.repeat(101)}`, '/nothing', '/health']);
        client.send(
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
        );
        return (await client.endsWithin(PATIENCE_MS)) ? undefined : 'it was not ended';
      }),
    );
  }, 60_000);
});
