import type { TaskChunk, TaskText } from '@creative-autogpt/protocol';
import type { Observable } from 'rxjs';

/** The text of one attempt as it grows. */
export interface Writing {
  /** The text of all chunks told so far, and the index of the next. */
  readonly soFar: TaskText;
  /** Adds a piece: told at once after a silence, otherwise together with the pieces around it. */
  append(piece: string): void;
  /** Tells what has not been told yet, and ends. */
  finish(): void;
  /** Ends; what has not been told is dropped. */
  abandon(): void;
}

/** Whose text it is: a run of a session. */
export interface WritingPlace {
  readonly owner: string;
  readonly sessionId: string;
  readonly run: number;
}

/** A chunk and its place in the order of all chunks of its session. */
export interface NumberedChunk {
  readonly chunk: TaskChunk;
  readonly number: number;
  /** Offset of the newest event before the chunk; 0 where listeners have been given that event already. */
  readonly after: number;
}

/** What a session has written of its running task, null between tasks, and the number of its last chunk. */
export interface NumberedText {
  readonly text: TaskText | null;
  readonly number: number;
}

/**
 * What every running session is writing at this moment. Each session has one text at a time, that of its
 * newest run.
 */
export interface WritingBoard {
  /** The chunks of an owner's sessions as they are written. Hot while it is subscribed to; never errors. */
  chunksOf(owner: string): Observable<NumberedChunk>;

  textOf(owner: string, sessionId: string): Promise<NumberedText>;

  /** Begins the text of an attempt; what the session was writing before is abandoned. */
  open(place: WritingPlace, taskId: string): Writing;

  /**
   * Takes a run's text off the board; what was not emitted yet is dropped. Does nothing to that of a later
   * run.
   */
  clear(place: WritingPlace): void;
}
