import type { Task } from '@creative-autogpt/protocol';

/** What the page saw of a flood. */
export interface PageResult {
  /** Milliseconds from the first update to the frame that shows the last. */
  readonly elapsed: number;
  /** Animation frames in that time. */
  readonly frames: number;
  /** Durations of the tasks of the main thread that took more than 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
  /** Sum of the offsets of all updates: with their number it proves that each arrived once. */
  readonly offsets: number;
}

/** What the page offers to the runner, beside being the application. */
export interface StoreUnderTest {
  /** Updates taken since the page was opened. */
  received(): number;
  /** The store's tasks as they are now. */
  tasks(): readonly Task[];
  /** Begins to watch, before the first update. */
  watch(): void;
  /** Settles once so many updates were taken since {@link watch} and are shown. */
  finish(updates: number): Promise<PageResult>;
}

declare global {
  interface Window {
    /** Set before the page loads: whether every update is written into the stores by itself. */
    oneWritePerUpdate?: boolean;
    storeUnderTest?: StoreUnderTest;
  }
}
