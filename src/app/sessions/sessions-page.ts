import { ChangeDetectionStrategy, Component, computed, effect, inject, input } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatPaginator, MatPaginatorIntl, type PageEvent } from '@angular/material/paginator';
import { Router, RouterLink } from '@angular/router';
import { SESSION_STATUSES } from '@creative-autogpt/protocol';
import { failureText } from '../i18n/failure-text';
import { PaginatorTexts } from '../i18n/paginator-texts';
import { injectTranslate } from '../i18n/translate';
import { PageHeading } from '../shell/page-heading';
import { Icon } from '../theme/icon/icon';
import { Notice } from '../theme/notice/notice';
import { StatusFilter } from '../theme/status/status-filter';
import { STATUS_LOOKS } from '../theme/status/status-looks';
import { toChoice, toPage } from './query-parameters';
import { SessionCard } from './session-card';
import { SessionDialogs } from './session-dialogs';
import { SessionsStore } from './sessions-store';

const PAGE_SIZE = 12;

/** All sessions, page by page, narrowed to one status if wished. The URL holds both. */
@Component({
  selector: 'app-sessions-page',
  imports: [
    Icon,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    MatPaginator,
    Notice,
    PageHeading,
    RouterLink,
    SessionCard,
    StatusFilter,
  ],
  templateUrl: './sessions-page.html',
  styleUrl: './sessions-page.scss',
  providers: [{ provide: MatPaginatorIntl, useClass: PaginatorTexts }],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SessionsPage {
  private readonly router = inject(Router);

  /** `?page=`, from 1. */
  readonly page = input(1, { transform: toPage });
  /** `?status=` */
  readonly status = input(null, { transform: toChoice(SESSION_STATUSES) });

  protected readonly t = injectTranslate();
  protected readonly sessions = inject(SessionsStore);
  protected readonly dialogs = inject(SessionDialogs);
  protected readonly statuses = SESSION_STATUSES;
  protected readonly pageSize = PAGE_SIZE;
  protected readonly statusName = computed(() => {
    const status = this.status();
    return status === null ? '' : this.t(STATUS_LOOKS[status].name);
  });
  protected readonly failure = computed(() => {
    const error = this.sessions.error();
    return error === null ? null : failureText(error, this.t);
  });
  private readonly query = computed(() => ({
    page: this.page(),
    pageSize: PAGE_SIZE,
    statusFilter: this.status(),
  }));

  constructor() {
    this.sessions.openOverview();
    this.sessions.openPage(this.query);
    effect(() => {
      const last = Math.max(1, Math.ceil(this.sessions.total() / PAGE_SIZE));
      if (!this.sessions.loading() && this.sessions.page() === this.page() && this.page() > last) {
        this.show(last);
      }
    });
  }

  protected turn({ pageIndex }: PageEvent): void {
    this.show(pageIndex + 1);
  }

  protected retry(): void {
    this.sessions.openPage(this.query());
  }

  private show(page: number): void {
    void this.router.navigate([], {
      queryParams: { page: page === 1 ? null : page },
      queryParamsHandling: 'merge',
    });
  }
}
