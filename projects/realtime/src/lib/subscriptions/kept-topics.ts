import { DestroyRef, inject, Injectable } from '@angular/core';
import { map, merge, Subject } from 'rxjs';
import { OwnTopics } from './own-topics';
import type { TabTopics, TopicChange, TopicRefusal } from './tab-topics';
import { MOST_TOPICS, topicOfText } from './topic';

/** The topics that are kept over the link of this tab: its own, and while it leads those of its followers. */
@Injectable()
export class KeptTopics implements TabTopics {
  readonly #own = inject(OwnTopics);
  readonly #others = new Map<string, Set<string>>();
  readonly #touched = new Subject<string>();
  readonly #refused = new Subject<TopicRefusal>();

  readonly ownChanges = this.#own.changes;
  readonly refusals = this.#refused.asObservable();
  /** Topics that begin or cease to be kept by one of the tabs. */
  readonly touched = merge(this.ownChanges.pipe(map(({ topic }) => topic)), this.#touched);

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#touched.complete();
      this.#refused.complete();
    });
  }

  get own(): readonly string[] {
    return this.#own.all;
  }

  /** What is kept by any of the tabs, each topic once. */
  get all(): readonly string[] {
    return [...new Set([this.own, ...this.#others.values()].flatMap((topics) => [...topics]))];
  }

  /** Whether any of the tabs keeps the topic. */
  has(topic: string): boolean {
    return this.#own.has(topic) || [...this.#others.values()].some((topics) => topics.has(topic));
  }

  join(tab: string, topics: unknown): void {
    const before = this.#others.get(tab) ?? [];
    const now = new Set(Array.isArray(topics) ? topics.filter(isTopicText).slice(0, MOST_TOPICS) : []);
    this.#others.set(tab, now);
    this.#touch([...now, ...before]);
  }

  change(tab: string, { topic, isKept }: TopicChange): void {
    const topics = this.#others.get(tab);
    if (!topics) {
      return;
    }
    if (!isKept) {
      topics.delete(topic);
    } else if (topics.size < MOST_TOPICS && isTopicText(topic)) {
      topics.add(topic);
    }
    this.#touch([topic]);
  }

  forget(tab: string): void {
    const before = this.#others.get(tab) ?? [];
    this.#others.delete(tab);
    this.#touch(before);
  }

  forgetAll(): void {
    this.#others.clear();
  }

  refuse(refusal: TopicRefusal): void {
    this.#others.forEach((topics) => topics.delete(refusal.topic));
    this.#refused.next(refusal);
    this.#own.refuse(refusal);
  }

  #touch(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.#touched.next(topic);
    }
  }
}

function isTopicText(text: unknown): text is string {
  return topicOfText(text) !== null;
}
