import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RealtimeMessage } from '../realtime-message';

/** What became of a message: the open socket has it; there is no open socket; or the codec cannot write it. */
export type Handover = 'sent' | 'closed' | 'refused';

/** One open connection, from the moment its socket opened until it closes. */
export interface RealtimeLink {
  /** Emits for every frame that arrives, readable or not. */
  readonly heard: Observable<void>;
  /**
   * When the last of them arrived, or the link opened, by the clock of the scheduler: for callers that look now and then,
   * which costs nothing a frame.
   */
  readonly heardAt: () => number;
  /** Every `connected`, before it is among the messages. */
  readonly answers: Observable<RealtimeMessage>;
  /** Every readable message. */
  readonly messages: Observable<RealtimeMessage>;
  /** Emits when there is reason to doubt the link: the page woke up, or another tab that shares the link. */
  readonly doubted: Observable<void>;
  /** Hands the message to the open socket. */
  send(message: RealtimeMessage): Handover;
}

/**
 * Something that accompanies every open connection: it may send, listen, and end the connection by erroring, after
 * which it is tried again. The companion itself lives as long as the client; what it returns, as long as one link.
 */
export interface LinkCompanion {
  accompany(link: RealtimeLink): Observable<never>;
}

/** The companions of every link, in the order in which they begin. */
export const LINK_COMPANIONS = new InjectionToken<readonly LinkCompanion[]>(
  ngDevMode ? '@creative-autogpt/realtime link companions' : '',
);
