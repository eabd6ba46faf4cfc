import type { RealtimeMessage } from '../realtime-message';
import type { RecoveryGap } from './recovery-gap';
import { isStreamPosition, type StreamPosition } from './stream-position';

/** What a resuming link reads and writes of the client it belongs to. */
export interface ResumingLinkClient {
  position: StreamPosition | null;
  /** Whether an earlier link ended, so that events may be missing. */
  readonly mayHaveMissed: boolean;
  gap(gap: RecoveryGap): void;
  duplicate(): void;
}

/**
 * One connection of a client that resumes. Messages are held until the server has answered `connect`, since only then
 * is it known whether they come again in the replay; after that, each event passes once, by its offset.
 */
export class ResumingLink {
  private held: RealtimeMessage[] | null = [];
  private readonly offered: StreamPosition | null;

  constructor(private readonly client: ResumingLinkClient) {
    this.offered = client.position;
  }

  /** @returns the messages that may pass now, in order */
  receive(message: RealtimeMessage): readonly RealtimeMessage[] {
    if (this.held === null) {
      return this.isNew(message) ? [message] : [];
    }
    if (message.event !== 'connected') {
      this.held.push(message);
      return [];
    }
    return [message, ...this.settle(message['data'])];
  }

  /** The server does not answer `connect`, and so does not resume. @returns the messages that may pass now */
  giveUpWaiting(): readonly RealtimeMessage[] {
    return this.held === null ? [] : this.settle(undefined);
  }

  private settle(answer: unknown): readonly RealtimeMessage[] {
    const held = this.held ?? [];
    this.held = null;
    const to = isStreamPosition(answer) ? { epoch: answer.epoch, offset: answer.offset } : null;
    if (this.offered && to && isRecovered(answer)) {
      // What was held comes again in the replay, with its offset.
      return [];
    }
    this.client.position = to;
    if (this.offered ?? this.client.mayHaveMissed) {
      this.client.gap({ reason: reasonOf(this.offered, to), from: this.offered, to });
    }
    return held;
  }

  private isNew({ id }: RealtimeMessage): boolean {
    const { position } = this.client;
    if (position === null || typeof id !== 'number') {
      return true;
    }
    if (id <= position.offset) {
      this.client.duplicate();
      return false;
    }
    this.client.position = { epoch: position.epoch, offset: id };
    return true;
  }
}

function isRecovered(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'recovered' in answer && answer.recovered === true;
}

function reasonOf(from: StreamPosition | null, to: StreamPosition | null): RecoveryGap['reason'] {
  if (from === null || to === null) {
    return 'not-supported';
  }
  return from.epoch === to.epoch ? 'history-trimmed' : 'epoch-changed';
}
