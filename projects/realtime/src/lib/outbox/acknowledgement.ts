/** Why the server refused a request, in its words. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** The server's answer to a request. */
export interface Acknowledgement {
  /** Id of the request. */
  readonly id: string;
  /** Event of the request. */
  readonly event: string;
  /** Whether the server did what was asked. */
  readonly ok: boolean;
  /** Why it did not; null when it did. */
  readonly error: Refusal | null;
}

/** The id that an `ack` message is about, or null when it names none. */
export function acknowledgedId(data: unknown): string | null {
  return isRecord(data) && typeof data['id'] === 'string' ? data['id'] : null;
}

/** Reads the `data` of an `ack`. What does not say `ok: true` is a refusal. */
export function readAcknowledgement(data: unknown, id: string, event: string): Acknowledgement {
  const ok = isRecord(data) && data['ok'] === true;
  return { id, event, ok, error: ok ? null : refusal(isRecord(data) ? data['error'] : null, event) };
}

function refusal(error: unknown, event: string): Refusal {
  const { code, message }: Record<string, unknown> = isRecord(error) ? error : {};
  return {
    code: typeof code === 'string' ? code : 'unknown',
    message: typeof message === 'string' ? message : `The server refused "${event}".`,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
