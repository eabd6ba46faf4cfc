import type { RunQueue } from './run-queue';
import type { WritingBoard } from './writing-board';
import type { Stores } from './store';

/** What a server stands on: what it remembers, what is being written, and who runs what. */
export interface Backend {
  readonly stores: Stores;
  readonly board: WritingBoard;
  readonly queue: RunQueue;

  /** To be called last, when nothing uses any part of it any more. */
  close(): Promise<void>;
}
