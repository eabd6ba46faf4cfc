import { isPlatformBrowser } from '@angular/common';
import {
  DestroyRef,
  inject,
  Injectable,
  type Injector,
  NgZone,
  PLATFORM_ID,
  signal,
  type Signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { defer, EMPTY, map, merge, Observable, of, share, tap, timer } from 'rxjs';
import { Connection } from '../connection/connection';
import { ConnectionStateStore } from '../connection/connection-state-store';
import type { ConnectionState } from '../connection/connection-status';
import { callGuarded, ErrorReports } from '../connection/error-reports';
import { EventStreams } from '../events/event-streams';
import { RealtimeError } from '../realtime-error';
import { REALTIME_GAPS } from '../recovery/recovery-gap';
import { clockTime, REALTIME_SCHEDULER } from '../time/realtime-scheduler';
import { CallerZone } from '../zones/caller-zone';
import { RoundTrip } from './round-trip';
import { STATS_OPTIONS, type StatsOptions } from './stats-options';
import { STATS_GAUGES, type StatsGauges, type StatsSnapshot } from './stats-snapshot';
import { TrafficMeter } from './traffic-meter';

/** Milliseconds between two snapshots for those who watch. */
const REFRESH = 1_000;

/**
 * What the connection has been doing: latency, throughput, losses. Counting goes on by itself; everything
 * else is done when somebody looks. Provided by `withStats()`.
 *
 * ```ts
 * protected readonly stats = inject(RealtimeStats).watch();   // {{ stats().roundTrip?.p95 }} ms
 * ```
 */
@Injectable()
export class RealtimeStats {
  readonly #scheduler = inject(REALTIME_SCHEDULER);
  readonly #zone = inject(NgZone);
  readonly #isBrowser = isPlatformBrowser(inject(PLATFORM_ID));
  readonly #traffic = inject(TrafficMeter);
  readonly #roundTrip = inject(RoundTrip);
  readonly #conflated = inject(EventStreams).conflated;
  readonly #gaps = inject(REALTIME_GAPS, { optional: true });
  readonly #gauges = (inject(STATS_GAUGES, { optional: true }) ?? []).reduce<StatsGauges>(
    (all, each) => ({ ...all, ...each }),
    {},
  );
  readonly #reports = inject(ErrorReports);
  readonly #counts = { reconnects: 0, gaps: 0, quarantined: 0, errors: 0 };
  #wasLost = false;
  #connectedAt: number | null = null;
  readonly #ticks = this.#every(REFRESH).pipe(share());

  /** A snapshot now and every second. Nothing is computed while nobody subscribes. */
  readonly changes: Observable<StatsSnapshot> = inject(CallerZone).bring(
    defer(() => merge(of(null), this.#ticks).pipe(map(() => this.snapshot()))),
  );

  constructor() {
    merge(
      inject(Connection).messages.pipe(tap(() => this.#traffic.delivered())),
      inject(ConnectionStateStore).changes.pipe(tap((state) => this.#follow(state))),
      this.#reports.errors.pipe(tap(({ code }) => this.#countError(code))),
      this.#gaps?.pipe(tap(() => (this.#counts.gaps += 1))) ?? EMPTY,
      this.#exports(inject(STATS_OPTIONS)),
    )
      .pipe(takeUntilDestroyed())
      .subscribe();
  }

  /**
   * The statistics as a signal that changes at most once a second, for as long as its injection context
   * lives.
   *
   * @param injector needed outside of an injection context
   */
  watch(injector?: Injector): Signal<StatsSnapshot> {
    const destroyRef = injector?.get(DestroyRef) ?? inject(DestroyRef);
    const latest = signal(this.snapshot());
    this.#ticks
      .pipe(
        tap(() => latest.set(this.snapshot())),
        takeUntilDestroyed(destroyRef),
      )
      .subscribe();
    return latest.asReadonly();
  }

  /** The statistics of this moment. */
  snapshot(): StatsSnapshot {
    const now = this.#scheduler.now();
    return untracked(() => ({
      at: clockTime(this.#scheduler),
      roundTrip: this.#roundTrip.stats,
      ...this.#traffic.stats(now),
      reconnects: this.#counts.reconnects,
      uptime: this.#connectedAt === null ? 0 : now - this.#connectedAt,
      queueDepth: this.#gauges.queueDepth?.() ?? null,
      gaps: this.#gaps && this.#counts.gaps,
      duplicates: this.#gauges.duplicates?.() ?? null,
      quarantined: this.#counts.quarantined,
      conflated: this.#conflated(),
      errors: this.#counts.errors,
    }));
  }

  #follow({ status, attempt }: ConnectionState): void {
    if (status !== 'connected') {
      this.#connectedAt = null;
      this.#wasLost = attempt > 0;
    } else if (this.#connectedAt === null) {
      this.#connectedAt = this.#scheduler.now();
      this.#counts.reconnects += this.#wasLost ? 1 : 0;
    }
  }

  #countError(code: string): void {
    this.#counts.errors += 1;
    this.#counts.quarantined += code === 'invalid-message' ? 1 : 0;
  }

  #exports({ exporter, exportInterval = 60_000 }: StatsOptions): Observable<unknown> {
    const failed = (cause: unknown): void =>
      this.#reports.report(
        new RealtimeError(
          'exporter-failed',
          ngDevMode && 'The exporter of withStats() failed; see the cause.',
          {
            cause,
          },
        ),
      );
    return exporter
      ? this.#every(exportInterval).pipe(tap(() => callGuarded(exporter, this.snapshot(), failed)))
      : EMPTY;
  }

  /**
   * Outside of the Angular zone, so that it never keeps an application with zone.js unstable; not on a
   * server.
   */
  #every(milliseconds: number): Observable<unknown> {
    return this.#isBrowser
      ? new Observable((subscriber) =>
          this.#zone.runOutsideAngular(() =>
            timer(milliseconds, milliseconds, this.#scheduler).subscribe(subscriber),
          ),
        )
      : EMPTY;
  }
}
