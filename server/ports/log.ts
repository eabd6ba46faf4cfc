/** The part of the server's log that engine and sockets write to. */
export interface Log {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
