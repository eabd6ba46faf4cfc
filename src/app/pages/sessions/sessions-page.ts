import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input, viewChild } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatPaginator, MatPaginatorIntl, type PageEvent } from '@angular/material/paginator';
import { RouterLink } from '@angular/router';
import { type Session, SESSION_STATUSES, type SessionStatus } from '@creative-autogpt/protocol';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { tap } from 'rxjs';
import { injectSessionActivity, newestFirst } from '../../data/activity';
import { ActivityList } from '../../ui/activity-list';
import { AwayNote } from '../../ui/away-note';
import { failureWords } from '../../platform/i18n/failure-text';
import { PaginatorTexts } from '../../platform/i18n/paginator-texts';
import { injectTranslate } from '../../platform/i18n/translate';
import { injectPageTurner, toChoice, toPage } from '../../ui/page-turner';
import type { PageQuery } from '@creative-autogpt/realtime/signals';
import { failureOf } from '../../platform/rest/rest-failure';
import { ServerReach } from '../../platform/rest/server-reach';
import { PageHeading } from '../../ui/page-heading';
import { Icon } from '../../platform/theme/icon';
import { Notice } from '../../ui/notice';
import { StatusFilter } from '../../ui/status/status-filter';
import { SESSION_LOOKS } from '../../ui/status/status-looks';
import { SessionCard } from './session-card';
import { SessionDialogs } from './session-dialogs';
import { SessionsStore } from '../../data/sessions/sessions-store';

const PAGE_SIZE = 12;

/** All sessions, page by page, narrowed to one status if wished. The URL holds both. */
@Component({
  selector: 'app-sessions-page',
  imports: [
    ActivityList,
    AsyncPipe,
    AwayNote,
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
  /** `?page=`, from 1. */
  readonly page = input(1, { transform: toPage });
  /** `?status=` */
  readonly status = input(null, { transform: toChoice(SESSION_STATUSES) });

  private readonly heading = viewChild.required(PageHeading);

  protected readonly t = injectTranslate();
  protected readonly sessions = inject(SessionsStore);
  protected readonly list = this.sessions.page;
  protected readonly dialogs = inject(SessionDialogs);
  protected readonly statuses = SESSION_STATUSES;
  protected readonly looks = SESSION_LOOKS;
  protected readonly pageSize = PAGE_SIZE;
  protected readonly statusName = computed(() => {
    const status = this.status();
    return status === null ? '' : this.t(SESSION_LOOKS[status].name);
  });
  protected readonly failure = computed(() => {
    const failure = failureOf(this.list.load());
    return failure === null ? null : failureWords(failure, this.t);
  });
  protected readonly reach = inject(ServerReach);
  protected readonly shown = computed(() => {
    const { items, known } = this.list;
    return this.failure() !== null && items().length === 0 ? known() : items();
  });
  /** What changed last. */
  protected readonly activity = injectSessionActivity(this.shown).pipe(newestFirst());
  readonly #turnTo = injectPageTurner(this.list, this.page, PAGE_SIZE);
  readonly #query = computed(() => ({
    page: this.page(),
    pageSize: PAGE_SIZE,
    filter: this.status(),
  }));

  constructor() {
    this.sessions.openOverview();
    // Ends with the page: a store would keep a signal that it was given, and the page with it.
    const openPage = rxMethod<PageQuery<SessionStatus>>(tap((query) => this.list.open(query)));
    openPage(this.#query);
  }

  protected turn({ pageIndex }: PageEvent): void {
    this.#turnTo(pageIndex + 1);
  }

  protected async delete(session: Session): Promise<void> {
    if (await this.dialogs.delete(session)) {
      // The button that had the focus is gone with its session.
      this.heading().focus();
    }
  }

  protected retry(): void {
    this.list.open(this.#query());
  }
}
