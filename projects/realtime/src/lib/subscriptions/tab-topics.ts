import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { RealtimeError } from '../realtime-error';

/** A tab begins or ceases to keep a topic. Topics are texts between tabs: see `textOfTopic()`. */
export interface TopicChange {
  readonly topic: string;
  readonly isKept: boolean;
}

/** The server refused a topic. */
export interface TopicRefusal {
  readonly topic: string;
  readonly error: RealtimeError;
}

/**
 * The topics of all tabs that share a connection, as far as this tab has to know them: its own, and those of
 * the tabs that follow it while it leads. What other tabs say is not trusted.
 */
export interface TabTopics {
  /** The topics that this tab keeps. */
  readonly own: readonly string[];
  /** What changes about {@link own}. */
  readonly ownChanges: Observable<TopicChange>;
  /** What the server refuses. */
  readonly refusals: Observable<TopicRefusal>;
  /** The server has refused a topic: no tab keeps it any more. */
  refuse(refusal: TopicRefusal): void;
  /** A following tab keeps these topics, and no others. What is no topic is left out. */
  join(tab: string, topics: unknown): void;
  /** A following tab that has joined keeps one topic more, or less. */
  change(tab: string, change: TopicChange): void;
  /** A following tab is gone. */
  forget(tab: string): void;
  /** This tab leads no longer. */
  forgetAll(): void;
}

/** Provided by `withSubscriptions()`. */
export const TAB_TOPICS = new InjectionToken<TabTopics>(
  ngDevMode ? '@creative-autogpt/realtime tab topics' : '',
);
