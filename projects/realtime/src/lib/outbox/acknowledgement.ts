import { fieldOf } from '../realtime-message';

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
  const id = fieldOf(data, 'id');
  return typeof id === 'string' ? id : null;
}

/** Reads the `data` of an `ack`. What does not say `ok: true` is a refusal. */
export function readAcknowledgement(data: unknown, id: string, event: string): Acknowledgement {
  const ok = fieldOf(data, 'ok') === true;
  return { id, event, ok, error: ok ? null : refusal(fieldOf(data, 'error'), event) };
}

function refusal(error: unknown, event: string): Refusal {
  const code = fieldOf(error, 'code');
  const message = fieldOf(error, 'message');
  return {
    code: typeof code === 'string' ? code : 'unknown',
    message: typeof message === 'string' ? message : `The server refused "${event}".`,
  };
}
