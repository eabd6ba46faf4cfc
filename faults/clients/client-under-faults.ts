/** Whatever a page under faults received and did. */
export interface ClientReport {
  /** Numbers of the events in the order in which they came. */
  readonly received: readonly number[];
  /** The latest event of each kind about each thing, as JSON. */
  readonly state: Readonly<Record<string, string>>;
  /** Reports of events that are missing for good. */
  readonly gaps: readonly unknown[];
  /** Names of the commands that were acknowledged. */
  readonly acknowledged: readonly string[];
  /** Why commands failed. */
  readonly failures: readonly string[];
  /** How many messages came without a number, by event and session, such as `task.chunk 4f1c…`. */
  readonly unnumbered: Readonly<Record<string, number>>;
}

/** How a page connects. */
export interface ClientOptions {
  readonly url: string;
  /** Whether the pages of the context share one connection. */
  readonly shared?: boolean;
  /** Time (ms) between two heartbeats, and until one is missed. @default 500 */
  readonly heartbeat?: number;
  /** Session whose text it subscribes to. @default none */
  readonly session?: string;
}

/** What the page of a client offers to the suite. */
export interface ClientUnderFaults {
  connect(options: ClientOptions): void;
  /** Number of the last event received; 0 before the first. */
  last(): number;
  /** Sends the command `start` for a session. */
  command(session: string): void;
  report(): ClientReport;
}

declare global {
  interface Window {
    client: ClientUnderFaults;
  }
}

/** What every client collects. */
export class Collector {
  readonly received: number[] = [];
  readonly gaps: unknown[] = [];
  readonly acknowledged: string[] = [];
  readonly failures: string[] = [];
  readonly unnumbered: Record<string, number> = {};

  receive(index: number): void {
    this.received.push(index);
  }

  receiveUnnumbered(name: string): void {
    this.unnumbered[name] = (this.unnumbered[name] ?? 0) + 1;
  }

  last(): number {
    return this.received.at(-1) ?? 0;
  }

  report(state: Readonly<Record<string, string>> = {}): ClientReport {
    const { received, gaps, acknowledged, failures, unnumbered } = this;
    return { received, state, gaps, acknowledged, failures, unnumbered };
  }
}
