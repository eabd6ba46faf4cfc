import type { RealtimeError } from '../realtime-error';

/**
 * - `connecting`: the first attempt is under way.
 * - `connected`: messages flow.
 * - `disconnected`: the connection was lost and is being tried again (`attempt` ≥ 1), or nobody asked for
 *   one.
 * - `error`: the client has given up; `connect()` begins anew. With `keepTryingEvery` of `withRetry()` it
 *   goes on trying in the background, unless the server refused it for good.
 */
export type ConnectionStatus = 'connecting' | 'connected' | 'disconnected' | 'error';

/** Everything known about the connection at one moment. */
export interface ConnectionState {
  readonly status: ConnectionStatus;
  /** Which reconnection attempt is waiting or under way, from 1; 0 while there is none. */
  readonly attempt: number;
  /** Why the connection was lost or given up; null while it is fine. */
  readonly lastError: RealtimeError | null;
}

/** Whether nothing is kept or tried any more. */
export function hasEnded({ status, attempt }: Pick<ConnectionState, 'status' | 'attempt'>): boolean {
  return status === 'error' || (status === 'disconnected' && attempt === 0);
}
