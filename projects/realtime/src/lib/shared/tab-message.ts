import type { ConnectionState, ConnectionStatus } from '../connection/connection-status';
import { RealtimeError, type RealtimeErrorCode, type RealtimeErrorDetails } from '../realtime-error';
import { isWholeNumber, type RealtimeMessage } from '../realtime-message';
import type { StreamPosition, StreamTurn } from '../recovery/stream-position';
import type { TopicChange } from '../subscriptions/tab-topics';

/** An error as it passes between tabs: a copy would lose its class and fields. */
export type TabError = RealtimeErrorDetails & { code: RealtimeErrorCode; message: string };

/** A {@link ConnectionState} as it passes between tabs. */
export interface TabState {
  readonly status: ConnectionStatus;
  readonly attempt: number;
  readonly lastError: TabError | null;
}

/**
 * One thing that happened in the leading tab:
 *
 * - `state`, `message`: a new state, or a message of the server.
 * - `turn`: how the stream goes on with a new link.
 * - `uncopied`: the event and the `id` of a message that browsers cannot copy to another tab.
 * - `refused`: a topic that the server refused.
 */
export type TabNews =
  | { readonly state: TabState }
  | { readonly message: RealtimeMessage }
  | { readonly turn: StreamTurn }
  | { readonly uncopied: RealtimeMessage }
  | { readonly refused: string; readonly error: TabError };

/** What a tab needs to follow the leading one from here on. */
export interface Welcome {
  /** Number of the news that comes next. */
  readonly next: number;
  /**
   * In this order: the events after the position of the new tab, as far as the leading tab has them; the
   * leader's position, if it is known how the stream goes on with its link; its state; and the server's
   * answer to `connect` on the open link.
   */
  readonly news: readonly TabNews[];
}

/**
 * What tabs say to each other. `term` names one leadership: a higher one is later, and whoever heard of it no
 * longer listens to those before.
 *
 * - `hello`: a tab wants the connection, has followed the stream to `position`, and keeps `topics`.
 * - `topic`: a tab that said hello keeps one topic more, or less.
 * - `send`: hand a message to the server, if the leadership is still the one it was meant for. `connect`,
 *   `wake`: as the methods of `Connection`.
 * - `ask`: is anybody leading? Answered with `lead`, which also opens every leadership.
 * - `welcome`: the answer to `hello`. `news`: what happened, numbered from 0 in each term without a hole.
 */
export type TabMessage =
  | {
      readonly kind: 'hello';
      readonly from: string;
      readonly position: StreamPosition | null;
      readonly topics: readonly string[];
    }
  | (TopicChange & { readonly kind: 'topic'; readonly from: string })
  | { readonly kind: 'send'; readonly to: number; readonly message: RealtimeMessage }
  | { readonly kind: 'connect' | 'wake' | 'ask' }
  | { readonly kind: 'lead'; readonly term: number }
  | (Welcome & { readonly kind: 'welcome'; readonly term: number; readonly to: string })
  | {
      readonly kind: 'news';
      readonly term: number;
      readonly first: number;
      readonly news: readonly TabNews[];
    };

/**
 * Whether `value` came from a tab of this application. Only code of the same origin can write to the channel,
 * and its name carries the version of these messages, so that no more than this needs looking at.
 */
export function isTabMessage(value: unknown): value is TabMessage {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** The same as it can be copied to another tab, whatever the message holds. */
export function copyable(news: TabNews): TabNews {
  if (!('message' in news)) {
    return news;
  }
  try {
    structuredClone(news.message);
    return news;
  } catch {
    const { event, id } = news.message;
    return { uncopied: isWholeNumber(id) ? { event, id } : { event } };
  }
}

export function toTabState({ status, attempt, lastError }: ConnectionState): TabState {
  return { status, attempt, lastError: lastError && toTabError(lastError) };
}

export function toTabError(error: RealtimeError): TabError {
  const { code, message, closeCode, reason, suspects, event, serverCode } = error;
  return { code, message, closeCode, reason, suspects, event, serverCode };
}

export function fromTabState({ status, attempt, lastError }: TabState): ConnectionState {
  return { status, attempt, lastError: lastError && fromTabError(lastError) };
}

export function fromTabError(error: TabError): RealtimeError {
  return new RealtimeError(error.code, error.message, error);
}
