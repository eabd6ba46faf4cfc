/** What a well-behaved client has seen since it last reported. */
export interface WitnessReport {
  /** Changes that it made by REST and that were answered with 200. */
  readonly changes: number;
  /** Those of them whose event did not come over its WebSocket. */
  readonly lost: number;
  /** Events that came twice or out of order, and times that the journal no longer helped. */
  readonly disorder: number;
  /** How often the server gave another answer, by its status; `none` where there was no answer. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Longest time (ms) from a change until its answer and its event were there. */
  readonly worstMs: number;
}

/** What the process of a well-behaved client does for the suite. */
export interface WitnessCalls {
  /** Connects, and from then on changes the title of a session of its own ten times a second. */
  begin(server: { url: string; token?: string | undefined }): Promise<void>;
  /** Makes one more change, and settles once that has its event, or has had time enough. */
  report(): Promise<WitnessReport>;
}
