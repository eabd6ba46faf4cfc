/** How the writing of a task ended: done, failed for good, or put back by a person or the end of the server. */
export type TaskEnd = 'completed' | 'failed' | 'put_back';

/** What the parts of the server tell those who watch it. Nothing here names a session, an owner or an address. */
export interface Metrics {
  /** A request was answered. */
  requestAnswered(request: AnsweredRequest): void;
  /** A message of a client came in. */
  messageReceived(): void;
  /** Messages went out to a client in one frame of so many bytes, as it goes over the wire. */
  messagesSent(messages: number, bytes: number): void;
  /** An event was appended to a journal. @param event its name, one of the protocol's */
  eventAppended(event: string): void;
  /** The journal has grown; with a journal for each owner, the longest one. */
  journalReached(offset: number): void;
  /** A client resumed. @param recovered whether it got everything it had missed */
  clientResumed(recovered: boolean): void;
  /** A client was closed because it read too slowly. */
  slowClientClosed(): void;
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

const ignore = (): void => undefined;

/** For parts that nobody watches. */
export const NO_METRICS: Metrics = {
  requestAnswered: ignore,
  messageReceived: ignore,
  messagesSent: ignore,
  eventAppended: ignore,
  journalReached: ignore,
  clientResumed: ignore,
  slowClientClosed: ignore,
  taskEnded: ignore,
};
