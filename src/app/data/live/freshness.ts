import { inject, InjectionToken } from '@angular/core';
import { type ConnectionStatus, RealtimeService } from '@creative-autogpt/realtime';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { tap } from 'rxjs';

/** How long an answer counts as fresh, in milliseconds. */
export const FRESH_FOR = 5_000;

/** The time now, in milliseconds; only differences between two readings mean anything. */
export const CLOCK = new InjectionToken<() => number>('clock', {
  providedIn: 'root',
  factory: () => () => performance.now(),
});

/**
 * Which queries need not be asked again: those answered within the last {@link FRESH_FOR} ms, under the connection
 * that still holds. What was read before it, or without one, may have been outdated by an update that nobody heard.
 */
export class Freshness {
  private readonly answeredAt = new Map<string, number>();
  private connection: symbol | null = null;

  constructor(private readonly clock: () => number) {}

  isFresh(query: string): boolean {
    const at = this.answeredAt.get(query);
    return at !== undefined && this.clock() - at < FRESH_FOR;
  }

  /** To be called with the request; call what it returns with the answer. */
  asking(query: string): () => void {
    const connection = this.connection;
    return () => {
      if (connection !== null && connection === this.connection) {
        this.answeredAt.set(query, this.clock());
      }
    };
  }

  /** Makes every query worth asking again. */
  forget(): void {
    this.answeredAt.clear();
  }

  /** A connection began, or ended. */
  connectionChanged(connected: boolean): void {
    this.connection = connected ? Symbol() : null;
    this.forget();
  }
}

/** The freshness of the calling store's queries, which follows the connection. */
export function injectFreshness(): Freshness {
  const freshness = new Freshness(inject(CLOCK));
  const follow = rxMethod<ConnectionStatus>(
    tap((status) => freshness.connectionChanged(status === 'connected')),
  );
  follow(inject(RealtimeService).statusChanges);
  return freshness;
}
