import { isRealtimeMessage, type RealtimeMessage } from '../lib/realtime-message';

/**
 * The browser's WebSocket, played by the spec: it decides when a socket opens, what arrives and how it ends.
 */
export class FakeWebSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  /** Every socket made since the fake was installed, oldest first. */
  static sockets: FakeWebSocket[] = [];

  binaryType = 'blob';
  readyState = FakeWebSocket.CONNECTING;
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  /** The subprotocol the server agreed to. */
  protocol = '';
  /** Text frames the client sent, in order. */
  readonly sent: string[] = [];
  /** Binary frames the client sent, in order. */
  readonly sentBinary: Uint8Array[] = [];
  /** How the client closed the socket; null while it has not. */
  closedWith: { code: number | undefined; reason: string | undefined } | null = null;

  constructor(
    readonly url: string,
    readonly protocols: string | string[] = [],
  ) {
    super();
    if (!/^wss?:/.test(url)) {
      throw new DOMException(`The URL '${url}' is invalid.`, 'SyntaxError');
    }
    this.addEventListener('open', (event) => this.onopen?.(event));
    FakeWebSocket.sockets.push(this);
  }

  send(frame: string | Uint8Array): void {
    if (typeof frame === 'string') {
      this.sent.push(frame);
    } else {
      this.sentBinary.push(frame);
    }
  }

  close(code?: number, reason?: string): void {
    if (this.readyState < FakeWebSocket.CLOSING) {
      this.readyState = FakeWebSocket.CLOSING;
      this.closedWith = { code, reason };
    }
  }

  /** The server accepts the connection, and one of the subprotocols if it agrees to any. */
  accept(protocol = ''): this {
    this.protocol = protocol;
    this.readyState = FakeWebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
    return this;
  }

  /** The server sends one frame. */
  deliver(data: unknown): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }

  /** The server sends one message. */
  emit(message: object): void {
    this.deliver(JSON.stringify(message));
  }

  /** The server closes the connection properly. */
  endWith(code: number, reason = ''): void {
    this.readyState = FakeWebSocket.CLOSED;
    this.onclose?.(new CloseEvent('close', { code, reason, wasClean: true }));
  }

  /** The connection is lost: an error event, then a close event, as original fire them. */
  drop(): void {
    this.readyState = FakeWebSocket.CLOSED;
    this.onerror?.(new Event('error'));
    this.onclose?.(new CloseEvent('close', { code: 1006, wasClean: false }));
  }

  /** The messages the client sent, in order. */
  get sentMessages(): RealtimeMessage[] {
    return this.sent.map((frame): unknown => JSON.parse(frame)).filter(isRealtimeMessage);
  }

  /** The events of the messages the client sent, in order. */
  get sentEvents(): unknown[] {
    return this.sentMessages.map(({ event }) => event);
  }
}

/**
 * The time of the page, which goes on evenly: `mockDate()` forward is a device that slept, and counts;
 * backward is a clock that was set back, and does not.
 */
let pageTime = 0;
let shownDate = 0;

function lookAtPageTime(): number {
  const date = Date.now();
  pageTime += Math.max(0, date - shownDate);
  shownDate = date;
  return pageTime;
}

/**
 * Somebody sets the clock of the device, which the time of the page does not follow. @param by milliseconds
 */
export function setClock(by: number): void {
  const before = lookAtPageTime();
  jasmine.clock().mockDate(new Date(Date.now() + by));
  pageTime = before;
}

/** Timers of a browser hold 32 bits: what is longer comes at once. Jasmine's hold anything. */
function limitTimers(): void {
  const { setInterval, setTimeout } = globalThis;
  Object.assign(globalThis, {
    setInterval: (task: () => void, delay = 0) => setInterval(task, Math.max(0, delay | 0)),
    setTimeout: (task: () => void, delay = 0) => setTimeout(task, Math.max(0, delay | 0)),
  });
}

/**
 * Replaces the browser's WebSocket, its clock and the time of its page for each spec of the surrounding
 * `describe`.
 */
export function useFakeBrowser(): void {
  let original: typeof WebSocket;

  beforeEach(() => {
    original = globalThis.WebSocket;
    FakeWebSocket.sockets = [];
    Object.assign(globalThis, { WebSocket: FakeWebSocket });
    const clock = jasmine.clock().install();
    clock.mockDate(new Date('2026-01-23T00:00:00Z'));
    limitTimers();
    const mockDate = clock.mockDate.bind(clock);
    spyOn(clock, 'mockDate').and.callFake((date) => {
      lookAtPageTime();
      mockDate(date);
      lookAtPageTime();
    });
    pageTime = 0;
    shownDate = Date.now();
    Object.defineProperty(performance, 'now', { configurable: true, value: lookAtPageTime });
  });

  afterEach(() => {
    jasmine.clock().uninstall();
    Reflect.deleteProperty(performance, 'now');
    globalThis.WebSocket = original;
  });
}

/** The socket made last. */
export function lastSocket(): FakeWebSocket {
  const socket = FakeWebSocket.sockets.at(-1);
  if (!socket) {
    throw new Error('No socket was made.');
  }
  return socket;
}
