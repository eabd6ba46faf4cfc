/** Where the clients of an owner go. */
export interface Target {
  readonly url: string;
  readonly port: number;
}

/** How long (ms) well-behaved clients waited, each time. */
export interface Waits {
  /** For the answer of a small read by REST. */
  readonly read: readonly number[];
  /** For the `pong` to a `ping`. */
  readonly pong: readonly number[];
  /** From a change until its event came. */
  readonly event: readonly number[];
}

/** What the process of the well-behaved owners does. */
export interface OtherCalls {
  /** Opens their sockets, some of which are never read. */
  open(target: Target, size: { owners: number; socketsEach: number; silent: number }): Promise<void>;
  /** Uses the server for so long (ms). */
  measure(ms: number): Promise<Waits>;
}

/** What the process of the greedy owner does. */
export interface GreedyCalls {
  /** Has a long work written. */
  write(target: Target, chapters: number): Promise<void>;
  /** Asks for it in every way, as often as is allowed, for so long (ms). @returns answers that it got */
  ask(sockets: number, ms: number): Promise<{ subscribed: number; works: number; refused: number }>;
}
