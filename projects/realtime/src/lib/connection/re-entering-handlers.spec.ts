import { settled } from '../../spec-support/fake-tab';
import { connectedClient, setUpClient } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { withBatches } from '../batches/with-batches';
import type { RealtimeCodec } from '../codec/realtime-codec';
import { withCodec } from '../codec/with-codec';
import { defineEvent } from '../events/event-definition';
import type { RealtimeMessage } from '../realtime-message';
import type { RealtimeService } from '../realtime-service';
import { withRecovery } from '../recovery/with-recovery';
import { withRetry } from '../retry/with-retry';

const n = defineEvent('n');

describe('a handler in the middle of a batch', () => {
  useFakeBrowser();

  let realtime: RealtimeService;
  let seen: unknown[];

  beforeEach(() => {
    sessionStorage.clear();
    seen = [];
    realtime = connectedClient({}, [withRetry({ jitter: 0 }), withRecovery(), withBatches()]);
    greet(0);
  });

  function greet(offset: number, recovered = false): void {
    const data = { capabilities: ['batch', 'resume'], epoch: 'e', offset, recovered };
    lastSocket().emit({ event: 'connected', data });
  }

  function batch(...ids: readonly number[]): void {
    lastSocket().emit({ event: 'batch', data: { events: ids.map((id) => ({ event: 'n', id })) } });
  }

  /** Notes every message, and does something at the second. */
  function atSecond(act: () => void): void {
    realtime.subscribe(n, ({ id }) => {
      seen.push(id);
      if (id === 2) {
        act();
      }
    });
  }

  it('may connect anew: the rest of the batch comes again, each message once and in order', () => {
    const others: unknown[] = [];
    atSecond(() => {
      realtime.disconnect();
      realtime.connect();
    });
    realtime.on(n).subscribe(({ id }) => others.push(id));
    batch(1, 2, 3, 4);
    lastSocket().accept();
    expect(lastSocket().sentMessages[0]?.['data']).toEqual(
      jasmine.objectContaining({ resume: { epoch: 'e', offset: 2 } }),
    );
    greet(4, true);
    batch(3, 4);

    expect(seen).toEqual([1, 2, 3, 4]);
    expect(others).toEqual([1, 2, 3, 4]);
    expect(FakeWebSocket.sockets.length).toBe(2);
  });

  it('may subscribe: the new handler gets what comes behind the message, once', () => {
    const late: unknown[] = [];
    atSecond(() => {
      realtime.subscribe(n, ({ id }) => late.push(id));
      realtime.on(n).subscribe(({ id }) => late.push(id));
    });
    batch(1, 2, 3);

    expect(late).toEqual([3, 3]);
  });

  it('may unsubscribe another, which gets nothing any more, not even the same message', () => {
    const other: unknown[] = [];
    let undo = (): void => undefined;
    atSecond(() => undo());
    undo = realtime.subscribe(n, ({ id }) => other.push(id));
    batch(1, 2, 3);

    expect(other).toEqual([1]);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('may unsubscribe itself and subscribe again: it goes on with the next message', () => {
    const handler = (message: RealtimeMessage): void => {
      seen.push(message['id']);
      undo();
      undo = realtime.subscribe('n', handler);
    };
    let undo = realtime.subscribe('n', handler);
    batch(1, 2, 3);

    expect(seen).toEqual([1, 2, 3]);
  });
});

describe('a subscriber of the status that disconnects as soon as the client is connected', () => {
  useFakeBrowser();

  it('is given nothing of what arrived while the codec was loaded', async () => {
    const codec: RealtimeCodec = {
      name: 'slow',
      decode: (frame): unknown => (typeof frame === 'string' ? JSON.parse(frame) : null),
      encode: (message) => JSON.stringify(message),
    };
    const realtime = setUpClient({}, [withCodec({ protocol: 'slow', load: () => Promise.resolve(codec) })]);
    const seen: string[] = [];
    realtime.messages.subscribe(({ event }) => seen.push(event));
    realtime.statusChanges.subscribe((status) => {
      if (status === 'connected') {
        realtime.disconnect();
      }
    });
    realtime.connect();
    lastSocket().accept('slow').emit({ event: 'early' });
    await settled();

    expect(realtime.status()).toBe('disconnected');
    expect(seen).toEqual([]);
  });
});
