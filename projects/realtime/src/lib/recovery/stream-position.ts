import { fieldOf, isWholeNumber } from '../realtime-message';

/** How far a client has followed the server's stream of events. */
export interface StreamPosition {
  /** Names one uninterrupted history; another epoch is another history. */
  readonly epoch: string;
  /** Offset of the last event received, counting from 0 before the first. */
  readonly offset: number;
}

export function isStreamPosition(value: unknown): value is StreamPosition {
  return typeof fieldOf(value, 'epoch') === 'string' && isWholeNumber(fieldOf(value, 'offset'));
}

/** Where a stream goes on. */
export interface StreamTurn {
  /** Null from a server without positions. */
  readonly position: StreamPosition | null;
  /** Whether it begins anew there: whoever has followed it further followed another history. */
  readonly isRestart: boolean;
}

/** Whether whoever is at `position` can go on where the stream does without missing anything. */
export function isOnCourse(position: StreamPosition | null, turn: StreamTurn): boolean {
  return isAtOrPast(position, turn.position) && (!turn.isRestart || isAtOrPast(turn.position, position));
}

/** Whether whoever is at `position` has everything up to `other`; false where one of them is not known. */
export function isAtOrPast(position: StreamPosition | null, other: StreamPosition | null): boolean {
  return position !== null && position.epoch === other?.epoch && position.offset >= other.offset;
}
