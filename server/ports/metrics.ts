import type { Metrics as ConnectionMetrics } from '../realtime/monitoring';

/** How the writing of a task ended: done, or failed for good. */
export type TaskEnd = 'completed' | 'failed';

/**
 * What the parts of the server tell those who watch it. Nothing here names a session, an owner or an address.
 */
export interface Metrics extends ConnectionMetrics {
  /** A request was answered. */
  requestAnswered(request: AnsweredRequest): void;
  /** An event was appended to a journal. @param event its name, one of the protocol's */
  eventAppended(event: string): void;
  /** The journal has grown; with a journal for each owner, the longest one. */
  journalReached(offset: number): void;
  taskEnded(end: TaskEnd): void;
}

/** An answer to a request. */
export interface AnsweredRequest {
  readonly method: string;
  /** As it is declared, such as `/sessions/:id`; undefined where none fits. */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
}
