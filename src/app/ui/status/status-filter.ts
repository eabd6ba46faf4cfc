import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Format } from '../../platform/i18n/format';
import { injectTranslate } from '../../platform/i18n/translate';
import { Icon } from '../../platform/theme/icon';
import { type Status, type StatusLook, STATUS_LOOKS } from './status-looks';

/** Links that narrow a list to one status, kept in `?status=`; the list begins again at its first page. */
@Component({
  selector: 'app-status-filter',
  imports: [Icon, RouterLink],
  template: `
    <nav [attr.aria-label]="label()">
      <a
        routerLink="."
        queryParamsHandling="merge"
        [queryParams]="{ status: null, page: null }"
        [attr.aria-current]="current() === null ? 'true' : null"
      >
        {{ t('common.all') }}
      </a>
      @for (status of statuses(); track status) {
        @let look = looks()[status] ?? statusLooks[status];
        <a
          routerLink="."
          queryParamsHandling="merge"
          [queryParams]="{ status, page: null }"
          [attr.aria-current]="current() === status ? 'true' : null"
        >
          <app-icon [name]="look.icon" />{{ t(look.name) }}
          @if (counts()?.[status]; as count) {
            <span class="count">{{ format.number(count) }}</span>
          }
        </a>
      }
    </nav>
  `,
  styleUrl: './status-filter.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusFilter {
  /** Accessible name of the links together. */
  readonly label = input.required<string>();
  readonly statuses = input.required<readonly Status[]>();
  /** The status the list is narrowed to; null for all. */
  readonly current = input.required<Status | null>();
  /** How statuses are named here, where that differs. */
  readonly looks = input<Partial<Readonly<Record<Status, StatusLook>>>>({});
  /** How many there are of each status, where that is known. */
  readonly counts = input<Partial<Readonly<Record<Status, number>>>>();

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly statusLooks = STATUS_LOOKS;
}
