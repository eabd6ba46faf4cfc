import type { Launch } from './store';

/**
 * How a run of a session ended: `over` when there is nothing more to do for now, `interrupted` when something
 * kept it from going on, so that it should be taken up again.
 */
export type RunEnding = 'over' | 'interrupted';

/** Has sessions run: here, or in whichever process is free. */
export interface RunQueue {
  /** Takes up runs from here on. `execute` never rejects. */
  serve(execute: (launch: Launch) => Promise<RunEnding>): void;

  /** Has a session run. The same launch is not run twice at the same time, however often it is added. */
  add(launch: Launch): Promise<void>;

  /** Takes up nothing any more, and settles when what runs here has ended. */
  close(): Promise<void>;
}
