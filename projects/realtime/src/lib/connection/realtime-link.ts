import type { Observable } from 'rxjs';
import type { RealtimeMessage } from '../realtime-message';

/**
 * What became of a message: the open socket has it; there is no open socket; or the codec cannot write it.
 */
export type Handover = 'sent' | 'closed' | 'refused';

/** One open connection, from the moment its socket opened until it closes. */
export interface RealtimeLink {
  /**
   * When the last frame arrived, readable or not, or the link opened: by the clock of `REALTIME_SCHEDULER`.
   * For callers that look now and then, which costs nothing a frame.
   */
  readonly heardAt: () => number;
  /** Every readable message, before it is put in order for subscribers. */
  readonly messages: Observable<RealtimeMessage>;
  /** Emits when there is reason to doubt the link: the page woke up, or another tab that shares the link. */
  readonly doubted: Observable<void>;
  /** Hands the message to the open socket. What cannot be written is reported. */
  readonly send: (message: RealtimeMessage) => Handover;
}
