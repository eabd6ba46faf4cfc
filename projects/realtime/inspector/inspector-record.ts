import type { ConnectionStatus, RealtimeErrorCode, RealtimeMessage } from '@creative-autogpt/realtime';

/**
 * Why a frame has no message to look at:
 *
 * - `unreadable`: it could not be decoded.
 * - `too-large`: it is larger than what is kept.
 * - `redact-failed`: `redact` threw, and nothing is kept that it might have removed.
 */
export type WithheldReason = 'unreadable' | 'too-large' | 'redact-failed';

interface RecordedAt {
  /** Grows by one with each record. */
  readonly id: number;
  /** When it was recorded, in milliseconds since the epoch. */
  readonly at: number;
}

/** One frame that was sent or received. */
export interface FrameRecord extends RecordedAt {
  readonly kind: 'frame';
  readonly direction: 'in' | 'out';
  /** Null for a frame that could not be read. */
  readonly event: string | null;
  /** Size of the frame in bytes, before compression by the socket. */
  readonly bytes: number;
  /** A redacted copy of the message; null when it is withheld. */
  readonly message: RealtimeMessage | null;
  readonly withheld: WithheldReason | null;
}

/** A change of the connection's state. */
export interface StateRecord extends RecordedAt {
  readonly kind: 'state';
  readonly status: ConnectionStatus;
  readonly attempt: number;
}

/** An error that was reported. */
export interface ErrorRecord extends RecordedAt {
  readonly kind: 'error';
  readonly code: RealtimeErrorCode;
  readonly event: string | null;
  readonly closeCode: number | null;
  /** Null where it would quote what was received, which nobody has redacted. */
  readonly text: string | null;
}

export type InspectorRecord = FrameRecord | StateRecord | ErrorRecord;

/** A record that has not been numbered yet. */
export type NewRecord = Omit<FrameRecord, 'id'> | Omit<StateRecord, 'id'> | Omit<ErrorRecord, 'id'>;
