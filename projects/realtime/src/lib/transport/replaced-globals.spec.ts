import { lastValueFrom, of } from 'rxjs';
import { gzipBase64 } from '../../spec-support/gzip';
import { inflateMessages } from '../compression/inflate-messages';
import { holdLock } from '../shared/tab-lock';
import { connectedClient, setUpClient, tick } from '../../spec-support/client';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';

/** What scripts do that put something of their own in place of the browser's `WebSocket`. */
const REPLACEMENTS: Record<string, (Inner: typeof WebSocket) => unknown> = {
  'a function that makes the sockets of the browser': (Inner) =>
    function (url: string, protocols?: string[]) {
      return new Inner(url, protocols);
    },
  'a bound function': (Inner) => Inner.bind(null),
  'a proxy': (Inner) =>
    new Proxy(Inner, { construct: (Real, [url, protocols]: [string, string[]]) => new Real(url, protocols) }),
};

describe('a page whose scripts replace what the browser has', () => {
  useFakeBrowser();

  let foreign: Window & typeof globalThis;

  beforeEach(() => {
    foreign = openRealm();
  });

  afterEach(() => {
    foreign.frameElement?.remove();
  });

  for (const [what, replace] of Object.entries(REPLACEMENTS)) {
    it(`connects, sends and hears where WebSocket is ${what}`, () => {
      Object.assign(globalThis, { WebSocket: replace(globalThis.WebSocket) });
      const realtime = connectedClient({ handshake: false });
      const heard: string[] = [];
      realtime.messages.subscribe(({ event }) => heard.push(event));
      lastSocket().emit({ event: 'a' });

      expect(realtime.send({ event: 'b' })).toBeTrue();
      expect([realtime.status(), heard, lastSocket().sentEvents]).toEqual(['connected', ['a'], ['b']]);
      realtime.disconnect();
      expect(lastSocket().closedWith?.code).toBe(1000);
    });
  }

  it('connects where the events of a socket do not name it', () => {
    const realtime = setUpClient();
    realtime.connect();
    lastSocket().readyState = FakeWebSocket.OPEN;
    lastSocket().onopen?.(new Event('open'));

    expect(realtime.status()).toBe('connected');
  });

  it('tries again where the error event of a socket is not of this page', () => {
    const realtime = setUpClient();
    realtime.connect();
    // Of another realm, as with test tools that run a page in a DOM of their own.
    const { onerror, onclose } = lastSocket();
    onerror?.call(lastSocket(), new foreign.Event('error'));
    onclose?.call(lastSocket(), new foreign.CloseEvent('close', { code: 1006 }));
    tick(999);
    expect(realtime.attempt()).toBe(1);
    tick(1);

    expect([realtime.status(), realtime.lastError()?.closeCode]).toEqual(['disconnected', 1006]);
  });

  it('takes a lock for stolen where the error that says so is of another realm', async () => {
    const stolen = new foreign.DOMException('The lock was stolen.', 'AbortError');
    spyOn(navigator.locks, 'request').and.rejectWith(stolen);
    const held = holdLock(navigator.locks, 'a lock', false);

    expect(await lastValueFrom(held, { defaultValue: 'stolen' })).toBe('stolen');
  });

  it('inflates bytes of another realm', async () => {
    const gzipped = Uint8Array.from(atob(await gzipBase64('1')), (letter) => letter.charCodeAt(0));
    const message = { event: 'a', encoding: 'gzip', data: new foreign.Uint8Array(gzipped) };
    const inflated = of(message).pipe(inflateMessages(100, (error) => fail(error)));

    expect(await lastValueFrom(inflated, { defaultValue: null })).toEqual({ event: 'a', data: 1 });
  });
});

/** What a frame of the page has of its own: the same classes once more. */
function openRealm(): Window & typeof globalThis {
  const frame = document.body.appendChild(document.createElement('iframe'));
  const view = frame.contentDocument?.defaultView;
  if (!view) {
    throw new Error('The frame has no window.');
  }
  return view;
}
