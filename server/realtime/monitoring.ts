/** The part of the server's log that the connections write to. */
export interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What the connections tell a monitor. Nothing here names a client or what it is told. */
export interface Metrics {
  /** A message of a client came in. */
  messageReceived(): void;
  /** Messages went out to a client in one frame of so many bytes, as it goes over the wire. */
  messagesSent(messages: number, bytes: number): void;
  /** A client resumed. @param recovered whether it got everything it had missed */
  clientResumed(recovered: boolean): void;
  /** A client was closed because it read too slowly. */
  slowClientClosed(): void;
}

const ignore = (): void => undefined;

/** For connections without a monitor. */
export const NO_METRICS: Metrics = {
  messageReceived: ignore,
  messagesSent: ignore,
  clientResumed: ignore,
  slowClientClosed: ignore,
};
