/** A server that can be killed and started again with what it has stored. */
export interface KillableServer {
  /** Where it listens; it may be another one after each start. */
  readonly port: number;
  /** Ends it at once. */
  kill(): Promise<void>;
  start(): Promise<void>;
}
