import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { toObservable } from '@angular/core/rxjs-interop';
import { RealtimeStats, type StatsSnapshot } from '@creative-autogpt/realtime';
import { EMPTY, map, switchMap } from 'rxjs';
import { Format } from '../platform/i18n/format';
import { injectTranslate } from '../platform/i18n/translate';
import { type Fact, FactList } from './fact-list';

/**
 * Numbers of the connection, for people who find it slow. Nothing is computed until they are opened. Of the
 * tabs that share a connection, only the leader knows the round trip.
 */
@Component({
  selector: 'app-connection-facts',
  imports: [AsyncPipe, FactList],
  template: `
    <details #details (toggle)="open.set(details.open)">
      <summary>{{ t('connection.facts') }}</summary>
      @if (facts | async; as facts) {
        <app-fact-list [facts]="facts" />
      }
    </details>
  `,
  styles: `
    summary {
      width: fit-content;
      padding-block: 4px;
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.875rem;
      cursor: pointer;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConnectionFacts {
  readonly #stats = inject(RealtimeStats);
  readonly #format = inject(Format);

  protected readonly t = injectTranslate();
  protected readonly open = signal(false);
  /** Anew every second. */
  protected readonly facts = toObservable(this.open).pipe(
    switchMap((open) => (open ? this.#stats.changes : EMPTY)),
    map((stats) => this.#factsOf(stats)),
  );

  #factsOf({ roundTrip, received, reconnects, queueDepth }: StatsSnapshot): readonly Fact[] {
    const { t } = this;
    const format = this.#format;
    return [
      {
        name: t('connection.roundTrip'),
        value:
          roundTrip &&
          t('connection.roundTripValue', {
            typical: format.number(Math.round(roundTrip.p50)),
            most: format.number(Math.round(roundTrip.p95)),
          }),
      },
      { name: t('connection.received'), value: format.decimal(received.messagesPerSecond) },
      { name: t('connection.reconnects'), value: format.number(reconnects) },
      { name: t('connection.queued'), value: format.number(queueDepth ?? 0) },
    ];
  }
}
