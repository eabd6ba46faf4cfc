/** The parts of a browser's WebSocket that a client uses; what happens on it is up to the spec. */
export class FakeWebSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  /** Told of every socket that is made. */
  static made: (socket: FakeWebSocket) => void = () => undefined;

  readyState: number = FakeWebSocket.CONNECTING;
  binaryType: BinaryType = 'blob';
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: string[] = [];

  constructor(readonly url: string) {
    super();
    this.addEventListener('open', (event) => this.onopen?.(event));
    FakeWebSocket.made(this);
  }

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(code = 1000): void {
    if (this.readyState < FakeWebSocket.CLOSING) {
      this.end(code);
    }
  }

  open(): void {
    this.readyState = FakeWebSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  receive(frame: string): void {
    this.onmessage?.(new MessageEvent('message', { data: frame }));
  }

  end(code: number): void {
    this.readyState = FakeWebSocket.CLOSED;
    this.onclose?.(new CloseEvent('close', { code, wasClean: code === 1000 }));
  }
}
