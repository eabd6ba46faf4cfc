import { inject, Injectable } from '@angular/core';
import { filter, merge, type Observable, switchMap, tap, timer } from 'rxjs';
import { agreesTo } from '../connection/handshake';
import type { RealtimeLink } from '../connection/realtime-link';
import { fieldOf, type RealtimeMessage } from '../realtime-message';
import { REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { SampleWindow } from './sample-window';
import { STATS_OPTIONS } from './stats-options';
import type { RoundTripStats } from './stats-snapshot';

/** Pings that may be unanswered; servers that never answer would let them grow. */
const MAX_UNANSWERED = 16;

/**
 * Measures how long the server takes to answer a ping: by the number that it sends back, where it agreed to
 * that, and pings by itself then; else by the order of the pongs to the pings of others, such as the
 * heartbeat.
 */
@Injectable()
export class RoundTrip {
  readonly #options = inject(STATS_OPTIONS);
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #samples = new SampleWindow(this.#options.window);
  #unanswered: { readonly ts: unknown; readonly at: number }[] = [];

  readonly capability = 'round-trip';

  get stats(): RoundTripStats | null {
    const [p50 = NaN, p95 = NaN, p99 = NaN] = this.#samples.percentiles([50, 95, 99]);
    return this.#samples.count === 0 ? null : { p50, p95, p99, samples: this.#samples.count };
  }

  accompany(link: RealtimeLink): Observable<unknown> {
    this.#unanswered = [];
    const listen = link.messages.pipe(
      filter(({ event }) => event === 'pong'),
      tap((pong) => this.#answered(fieldOf(pong['data'], 'ts'))),
    );
    const ping = link.messages.pipe(
      filter((message) => message.event === 'connected' && agreesTo(this.capability, message)),
      switchMap(() => timer(0, this.#options.pingInterval, this.#scheduler)),
      tap(() => link.send({ event: 'ping', data: { ts: this.#scheduler.now() } })),
    );
    return merge(listen, ping);
  }

  /** A ping was sent, by whomever. */
  asked(ping: RealtimeMessage, now: number): void {
    this.#unanswered.push({ ts: fieldOf(ping['data'], 'ts'), at: now });
    if (this.#unanswered.length > MAX_UNANSWERED) {
      this.#unanswered.shift();
    }
  }

  #answered(ts: unknown): void {
    const index = this.#unanswered.findIndex((ping) => ping.ts === ts);
    const ping = this.#unanswered[index];
    if (ping) {
      // A server answers in order: those before will not be answered any more.
      this.#unanswered.splice(0, index + 1);
      this.#samples.add(this.#scheduler.now() - ping.at);
    }
  }
}
