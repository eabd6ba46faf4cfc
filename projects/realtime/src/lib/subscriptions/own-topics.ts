import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { exhaustMap, Subject, type Subscriber, tap, timer } from 'rxjs';
import { RealtimeError } from '../realtime-error';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { TopicChange, TopicRefusal } from './tab-topics';
import { MOST_TOPICS } from './topic';

/** A subscriber of a topic in this tab. */
type Keeper = Subscriber<never>;

/**
 * The topics that this tab keeps, counted by their subscribers. A topic without subscribers is kept until the
 * end of the turn of the event loop: the next page may subscribe to it.
 */
@Injectable()
export class OwnTopics {
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #keepers = new Map<string, Set<Keeper>>();
  readonly #left = new Set<string>();
  readonly #changed = new Subject<TopicChange>();
  readonly #leaves = new Subject<void>();
  #isDestroyed = false;

  /** What begins or ceases to be kept. */
  readonly changes = this.#changed.asObservable();

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#isDestroyed = true;
      for (const keepers of this.#keepers.values()) {
        keepers.forEach((keeper) => keeper.complete());
      }
      this.#changed.complete();
    });
    this.#leaves
      .pipe(
        exhaustMap(() => timer(0, this.#scheduler)),
        tap(() => this.#sweep()),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** What is kept, oldest first. */
  get all(): readonly string[] {
    return [...this.#keepers.keys()];
  }

  has(topic: string): boolean {
    return this.#keepers.has(topic);
  }

  /** Keeps a topic until `keeper` ends. */
  keep(topic: string, keeper: Keeper): void {
    if (this.#isDestroyed) {
      keeper.complete();
      return;
    }
    const known = this.#keepers.get(topic);
    if (!known && !this.#hasRoom()) {
      keeper.error(
        new RealtimeError(
          'too-many-subscriptions',
          ngDevMode &&
            `This tab keeps ${MOST_TOPICS} topics already: unsubscribe from what no page shows, or subscribe to wider topics.`,
        ),
      );
      return;
    }
    const keepers = known ?? new Set();
    this.#keepers.set(topic, keepers);
    this.#left.delete(topic);
    keepers.add(keeper);
    keeper.add(() => this.#leave(topic, keepers, keeper));
    if (!known) {
      this.#changed.next({ topic, isKept: true });
    }
  }

  /**
   * Ends every subscription to a topic with an error, and keeps it no longer: the server does not have it
   * either.
   */
  refuse({ topic, error }: TopicRefusal): void {
    const keepers = this.#keepers.get(topic);
    this.#keepers.delete(topic);
    this.#left.delete(topic);
    [...(keepers ?? [])].forEach((keeper) => keeper.error(error));
  }

  #leave(topic: string, keepers: Set<Keeper>, keeper: Keeper): void {
    keepers.delete(keeper);
    if (keepers.size > 0 || this.#keepers.get(topic) !== keepers) {
      return;
    }
    this.#left.add(topic);
    this.#leaves.next();
  }

  #hasRoom(): boolean {
    if (this.#keepers.size >= MOST_TOPICS) {
      this.#sweep();
    }
    return this.#keepers.size < MOST_TOPICS;
  }

  #sweep(): void {
    const left = [...this.#left];
    this.#left.clear();
    left.forEach((topic) => this.#keepers.delete(topic));
    left.forEach((topic) => this.#changed.next({ topic, isKept: false }));
  }
}
