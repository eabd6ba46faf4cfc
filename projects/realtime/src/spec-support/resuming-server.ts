import type { RealtimeMessage } from '../lib/realtime-message';
import { isStreamPosition } from '../lib/recovery/stream-position';
import type { FakeTabbedBrowser } from './fake-tab';
import { FakeWebSocket } from './fake-web-socket';

interface ServedSocket {
  /** Frames of the client that were read. */
  read: number;
  /** Offset of the last event sent; null before the handshake. */
  offset: number | null;
  /** Rooms it is subscribed to. */
  readonly rooms: Set<unknown>;
}

/** A server that numbers its events, resumes, and acknowledges commands. It acts when it is told to. */
export class ResumingServer {
  readonly #epoch = 'e1';
  readonly #served = new Map<FakeWebSocket, ServedSocket>();
  #written = 0;
  /** What clients sent besides `connect`. */
  readonly heard: unknown[] = [];
  /** What clients sent about rooms, such as `subscribe a`. */
  readonly heardOfRooms: string[] = [];
  /** Rooms whose subscription it refuses. */
  readonly closedRooms = new Set<unknown>();

  constructor(private readonly browser: FakeTabbedBrowser) {}

  /** How many events there are. */
  get offset(): number {
    return this.#written;
  }

  /** Rooms that open sockets are subscribed to. */
  get rooms(): readonly unknown[] {
    return [...this.#served].flatMap(([socket, { rooms }]) => (this.#isOpen(socket) ? [...rooms] : []));
  }

  /** Goes on as another history of the same epoch, which is shorter: another owner's, or that of a copy. */
  goBackTo(offset: number): void {
    this.#written = offset;
  }

  write(count = 1): void {
    this.#written += count;
  }

  /** Answers, and sends what each client lacks. */
  serve(): void {
    for (const tab of this.browser.living) {
      const { socket } = tab;
      if (socket) {
        tab.tasks.run(() => this.#serveSocket(socket));
      }
    }
  }

  #serveSocket(socket: FakeWebSocket): void {
    if (socket.readyState === FakeWebSocket.CONNECTING) {
      this.#served.set(socket, { read: 0, offset: null, rooms: new Set() });
      socket.accept();
    }
    const state = this.#served.get(socket);
    if (!state || socket.readyState !== FakeWebSocket.OPEN) {
      return;
    }
    for (const message of socket.sentMessages.slice(state.read)) {
      if (message.event === 'connect') {
        this.#answer(socket, state, message['data']);
      } else {
        this.heard.push(message.event);
        this.#obey(socket, state, message);
      }
    }
    state.read = socket.sent.length;
    while (state.offset !== null && state.offset < this.#written && this.#isOpen(socket)) {
      state.offset += 1;
      socket.emit({ event: 'task.update', id: state.offset });
    }
  }

  #obey(socket: FakeWebSocket, { rooms }: ServedSocket, { event, id, room }: RealtimeMessage): void {
    const isRefused = event === 'subscribe' && this.closedRooms.has(room);
    if (typeof room === 'string') {
      this.heardOfRooms.push(`${event} ${room}`);
    }
    if (event === 'subscribe' && !isRefused) {
      rooms.add(room);
    } else if (event === 'unsubscribe') {
      rooms.delete(room);
    }
    if (id !== undefined) {
      const error = { code: 'unknown_room', message: 'There is no such room.' };
      socket.emit({ event: 'ack', data: isRefused ? { id, ok: false, error } : { id, ok: true } });
    }
  }

  #answer(socket: FakeWebSocket, state: ServedSocket, data: unknown): void {
    const resume: unknown =
      typeof data === 'object' && data !== null && 'resume' in data ? data.resume : undefined;
    const recovered =
      isStreamPosition(resume) && resume.epoch === this.#epoch && resume.offset <= this.#written;
    state.offset = recovered ? resume.offset : this.#written;
    socket.emit({
      event: 'connected',
      data: {
        client_id: 'c1',
        capabilities: ['resume', 'commands'],
        epoch: this.#epoch,
        offset: this.#written,
        recovered,
      },
    });
  }

  #isOpen(socket: FakeWebSocket): boolean {
    return socket.readyState === FakeWebSocket.OPEN;
  }
}
