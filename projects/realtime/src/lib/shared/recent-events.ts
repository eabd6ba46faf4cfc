import type { RealtimeMessage } from '../realtime-message';
import { isAtOrPast, isOnCourse, type StreamPosition, type StreamTurn } from '../recovery/stream-position';

/** How many events a tab keeps for those that missed some. */
const LIMIT = 256;

/** The last events of the stream without a hole, so that another tab can catch up without the server. */
export class RecentEvents {
  #events: RealtimeMessage[] = [];
  /** Everything after `start` up to `end` is in `events`. */
  #start: StreamPosition | null = null;
  #end: StreamPosition | null = null;

  /** @param at position of the event */
  add(event: RealtimeMessage, at: StreamPosition): void {
    this.#events.push(event);
    this.#end = at;
    if (this.#events.length > LIMIT) {
      const oldest = this.#events.shift();
      this.#start = { epoch: at.epoch, offset: Number(oldest?.['id']) };
    }
  }

  /** The stream goes on so: forgets everything unless that is where it was. */
  goOn(turn: StreamTurn): void {
    if (!isOnCourse(this.#end, turn)) {
      this.#events = [];
      this.#start = this.#end = turn.position;
    }
  }

  /** Everything after `position`; nothing when that is not known without a hole. */
  since(position: StreamPosition | null): readonly RealtimeMessage[] {
    return position && isAtOrPast(position, this.#start)
      ? this.#events.filter(({ id }) => Number(id) > position.offset)
      : [];
  }
}
