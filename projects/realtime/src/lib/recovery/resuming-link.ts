import { fieldOf, type RealtimeMessage } from '../realtime-message';
import { isStreamPosition, type StreamPosition } from './stream-position';

/** What a resuming link reads and writes of the client it belongs to. */
export interface ResumingLinkClient {
  readonly position: StreamPosition | null;
  /** Everything after the position that was offered follows. */
  resume(): void;
  /** The stream goes on at `position`, whatever was offered. */
  restart(position: StreamPosition | null): void;
  advance(message: RealtimeMessage): boolean;
}

/**
 * One connection of a client that resumes. Messages are held until the server has answered `connect`, since
 * only then is it known whether they come again in the replay; after that, each event passes once, by its
 * offset.
 */
export class ResumingLink {
  readonly #client: ResumingLinkClient;

  #held: RealtimeMessage[] | null = [];
  readonly #offered: StreamPosition | null;

  constructor(client: ResumingLinkClient) {
    this.#client = client;
    this.#offered = client.position;
  }

  /** @param pass called with the messages that may pass now, in order */
  receive(message: RealtimeMessage, pass: (message: RealtimeMessage) => void): void {
    if (this.#held === null) {
      if (this.#client.advance(message)) {
        pass(message);
      }
    } else if (message.event === 'connected') {
      const held = this.#settle(message['data']);
      pass(message);
      held.forEach(pass);
    } else {
      this.#held.push(message);
    }
  }

  /**
   * The server does not answer `connect`, and so does not resume.
   *
   * @param pass called with the messages that may pass now, in order
   */
  giveUpWaiting(pass: (message: RealtimeMessage) => void): void {
    if (this.#held !== null) {
      this.#settle(undefined).forEach(pass);
    }
  }

  #settle(answer: unknown): readonly RealtimeMessage[] {
    const held = this.#held ?? [];
    this.#held = null;
    const to = isStreamPosition(answer) ? { epoch: answer.epoch, offset: answer.offset } : null;
    if (this.#offered && to && fieldOf(answer, 'recovered') === true) {
      this.#client.resume();
      // What was held comes again in the replay, with its offset.
      return [];
    }
    this.#client.restart(to);
    return held;
  }
}
