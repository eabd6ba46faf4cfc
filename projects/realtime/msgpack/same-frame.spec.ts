import type { RealtimeExtension, RealtimeMessage } from '@creative-autogpt/realtime';
import { RealtimeOutbox, withOutbox, withRetry, withSharedConnection } from '@creative-autogpt/realtime';
import { decode, encode } from '@msgpack/msgpack';
import { type FakeTab, FakeTabbedBrowser, settled } from '../src/spec-support/fake-tab';
import { lastSocket, useFakeBrowser } from '../src/spec-support/fake-web-socket';
import { openPage, PERSISTED, until, untilStored, useEmptyStorage } from '../src/spec-support/outbox-pages';
import { withMessagePack } from './with-message-pack';

const SUBPROTOCOL = 'creative-autogpt.v1+msgpack';

class Amount {
  constructor(
    readonly cents: number,
    readonly note?: string,
  ) {}
}

class Price extends Amount {
  toJSON(): string {
    return `${this.cents} cents`;
  }
}

const MESSAGE: RealtimeMessage = {
  event: 'upload',
  data: {
    amount: new Amount(5),
    price: new Price(7),
    at: new Date(86_400_000),
    bytes: Uint8Array.of(0, 127, 255),
    map: new Map([['a', 1]]),
    gone: undefined,
    call: () => 1,
    list: [undefined, null, NaN],
  },
};

describe('one message, whichever way it takes to the wire', () => {
  useFakeBrowser();
  useEmptyStorage();

  async function open(count: number, features: readonly RealtimeExtension[]): Promise<FakeTab[]> {
    const browser = new FakeTabbedBrowser(() => [
      withRetry({ jitter: 0 }),
      withOutbox(),
      withSharedConnection({ name: 'same frame' }),
      ...features,
    ]);
    for (let index = 0; index < count; index += 1) {
      browser.openTab();
    }
    await settled();
    return browser.tabs;
  }

  /** The server accepts the socket and answers `connect`, in the format agreed. */
  async function accept(protocol: string): Promise<void> {
    const answer = { event: 'connected', data: { client_id: 'c1', capabilities: [] } };
    lastSocket().accept(protocol);
    await until(() => lastSocket().sent.length + lastSocket().sentBinary.length > 0);
    if (protocol) {
      lastSocket().deliver(encode(answer).slice().buffer);
    } else {
      lastSocket().emit(answer);
    }
    await settled();
  }

  /** What the server was sent after `connect`, as it came. */
  function frames(): unknown[] {
    return [...lastSocket().sent, ...lastSocket().sentBinary.map(String)].slice(1);
  }

  const formats: Record<string, [string, readonly RealtimeExtension[], unknown]> = {
    JSON: [
      '',
      [],
      {
        event: 'upload',
        data: {
          amount: { cents: 5 },
          price: '7 cents',
          at: '1970-01-02T00:00:00.000Z',
          bytes: { 0: 0, 1: 127, 2: 255 },
          map: {},
          list: [null, null, null],
        },
      },
    ],
    MessagePack: [
      SUBPROTOCOL,
      [withMessagePack()],
      {
        event: 'upload',
        data: {
          amount: { cents: 5 },
          price: '7 cents',
          at: new Date(86_400_000),
          bytes: Uint8Array.of(0, 127, 255),
          map: {},
          list: [null, null, NaN],
        },
      },
    ],
  };

  for (const [name, [protocol, features, expected]] of Object.entries(formats)) {
    it(`is the same frame from the leader, from a follower, and after it waited (${name})`, async () => {
      const tabs = await open(2, features);
      tabs.forEach(({ injector }) => injector.get(RealtimeOutbox).send(MESSAGE));
      await accept(protocol);
      jasmine.clock().tick(1_000);
      await settled();
      for (const { realtime } of tabs) {
        realtime.send(MESSAGE);
        await settled();
      }

      expect(frames().length).toBe(4);
      expect(new Set(frames()).size).toBe(1);
      const [frame] = lastSocket().sent.slice(1);
      const [binary] = lastSocket().sentBinary.slice(1);
      expect<unknown>(frame === undefined ? decode(binary ?? new Uint8Array()) : JSON.parse(frame)).toEqual(
        expected,
      );
    });

    it(`is the same frame from the storage of an earlier page (${name})`, async () => {
      const first = openPage({}, features);
      first.outbox.send(MESSAGE, PERSISTED);
      await untilStored(1);
      first.page.destroy();

      const second = openPage({}, features);
      await until(() => second.outbox.depth() === 1);
      second.realtime.connect();
      await accept(protocol);
      jasmine.clock().tick(1_000);
      second.realtime.send(MESSAGE);

      expect(frames().length).toBe(2);
      expect(new Set(frames()).size).toBe(1);
    });
  }
});
