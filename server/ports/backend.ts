import type { RunQueue } from './run-queue';
import type { WritingBoard } from './writing-board';
import type { Stores } from './store';

/** Where a server keeps its state: the stores, the texts that are being written, and the queue of runs. */
export interface Backend {
  readonly stores: Stores;
  readonly board: WritingBoard;
  readonly queue: RunQueue;

  /** To be called last, when nothing uses any part of it any more. */
  close(): Promise<void>;
}
