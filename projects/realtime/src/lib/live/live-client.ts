import { DestroyRef, ErrorHandler, inject, type Injector, NgZone } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter, map, merge, type Observable, skip, type SchedulerLike, take, tap } from 'rxjs';
import type { EventDefinition } from '../events/event-definition';
import { type FrameScheduler, REALTIME_FRAMES } from '../events/per-frame';
import { fieldOf, isWholeNumber } from '../realtime-message';
import { RealtimeService } from '../realtime-service';
import { REALTIME_GAPS } from '../recovery/recovery-gap';
import { STREAM_CURSOR, type StreamCursor } from '../recovery/stream-cursor';
import type { StreamPosition } from '../recovery/stream-position';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import type { LiveChange } from './live-history';

/**
 * What live reads take from a client, and from the injection context they are made in, whose end is theirs.
 */
export class LiveClient {
  readonly #errors = inject(ErrorHandler);
  readonly #zone = inject(NgZone);
  readonly #destroyRef = inject(DestroyRef);
  readonly #realtime: RealtimeService;
  readonly #cursor: StreamCursor | null;
  #connections = 0;

  readonly scheduler: SchedulerLike;
  readonly nextFrame: FrameScheduler;
  /** Connections that open from now on. */
  readonly newConnections: Observable<unknown>;
  /**
   * Emits when events may have been missed for good: after gaps, and with the first connection of a client
   * that has no position yet from which a gap could be told. Without recovery it is each connection.
   */
  readonly losses: Observable<unknown>;

  constructor(client: Pick<Injector, 'get'>) {
    this.#realtime = client.get(RealtimeService);
    this.#cursor = client.get(STREAM_CURSOR, null);
    this.scheduler = client.get(REALTIME_SCHEDULER);
    this.nextFrame = client.get(REALTIME_FRAMES);
    this.newConnections = this.#realtime.statusChanges.pipe(
      skip(1),
      filter((status) => status === 'connected'),
    );
    // The first subscriber: what begins with a connection is counted to it.
    this.follow(this.newConnections.pipe(tap(() => (this.#connections += 1))));
    const gaps = client.get(REALTIME_GAPS, null);
    // With the first connection the position comes, and in a tab that follows another one before the state
    // says so.
    const hadNone = this.#cursor?.position === null;
    this.losses =
      gaps === null ? this.newConnections : merge(this.newConnections.pipe(take(hadNone ? 1 : 0)), gaps);
  }

  /** Which connection is open; null when none is. */
  get connection(): number | null {
    return this.isConnected ? this.#connections : null;
  }

  /** A signal's value: whether there is a connection. */
  get isConnected(): boolean {
    return this.#realtime.status() === 'connected';
  }

  get position(): StreamPosition | null {
    return this.#cursor?.position ?? null;
  }

  /** What the messages of an event change. */
  changes<Message, Change>(
    event: EventDefinition<Message>,
    changeBy: (message: Message) => Change,
  ): Observable<LiveChange<Change>> {
    return this.#realtime.on(event).pipe(
      map((message) => {
        const offset = fieldOf(message, 'id');
        return { change: changeBy(message), offset: isWholeNumber(offset) ? offset : null };
      }),
    );
  }

  /**
   * Subscribes outside of the Angular zone, until the end. Signals show what happens in applications with
   * zone.js too; a round of change detection for each event would only cost.
   */
  follow(work: Observable<unknown>): void {
    const ending = work.pipe(takeUntilDestroyed(this.#destroyRef));
    this.outside(() => ending.subscribe());
  }

  outside<T>(work: () => T): T {
    return this.#zone.runOutsideAngular(work);
  }

  /** Runs `work` in the Angular zone: one round of change detection, with zone.js. */
  inside<T>(work: () => T): T {
    return this.#zone.run(work);
  }

  /**
   * Runs `change`. An error of it goes to Angular's `ErrorHandler`, and ends nothing.
   *
   * @returns whether it succeeded
   */
  guard<T>(change: (value: T) => void, value: T): boolean {
    try {
      change(value);
      return true;
    } catch (error) {
      this.#errors.handleError(error);
      return false;
    }
  }

  onEnd(end: () => void): void {
    this.#destroyRef.onDestroy(end);
  }
}
