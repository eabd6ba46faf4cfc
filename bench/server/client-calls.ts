import type { DialectName } from './dialects';

/**
 * What a process of clients does for the benchmark. It tells the number of the event that all of its clients
 * have.
 */
export interface ClientCalls {
  /** Settles once all are ready to receive. */
  open(server: { dialect: DialectName; port: number; clients: number }): Promise<void>;
  /** From here on every client expects the events `first` to `last`. */
  expect(range: { first: number; last: number }): void;
  /**
   * Settles with the time (ms of the machine's clock) at which every client has them all; rejects when one
   * was lost, came twice or out of order.
   */
  received(): Promise<number>;
  /** By event, when it came to each client. */
  arrivals(): readonly (readonly number[])[];
  close(): void;
}
