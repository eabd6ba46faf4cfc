/** What either server does for the benchmark. */
export interface ServerCalls {
  /** Settles with its port once it listens. */
  listen(): Promise<number>;
  /** Makes one change, which causes events for every client. */
  change(): void | Promise<void>;
  /** Number of the newest event. */
  newest(): number | Promise<number>;
  /** Processor time that the process has used, in ms. */
  processorTime(): number;
  /** Memory of the process (RSS) after its garbage was collected, in bytes. */
  memory(): Promise<number>;
}
