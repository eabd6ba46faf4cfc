import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatPaginator, MatPaginatorIntl, type PageEvent } from '@angular/material/paginator';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { type Session, TASK_STATUSES, type Task, type TaskStatus } from '@creative-autogpt/protocol';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { map, tap } from 'rxjs';
import { injectTaskActivity, newestFirst, runningNow } from '../../data/activity';
import { ActivityList } from '../../ui/activity-list';
import { AwayNote } from '../../ui/away-note';
import { failureWords } from '../../platform/i18n/failure-text';
import { Format } from '../../platform/i18n/format';
import { workLanguageTag } from '../../platform/i18n/language';
import { PaginatorTexts } from '../../platform/i18n/paginator-texts';
import { taskTypeName } from '../../platform/i18n/task-type-name';
import { injectTranslate } from '../../platform/i18n/translate';
import { injectPageTurner, toChoice, toPage } from '../../ui/page-turner';
import type { PageQuery } from '@creative-autogpt/realtime/signals';
import { failureOf } from '../../platform/rest/rest-failure';
import { ServerReach } from '../../platform/rest/server-reach';
import { SessionsStore } from '../../data/sessions/sessions-store';
import { PageHeading } from '../../ui/page-heading';
import { Notice } from '../../ui/notice';
import { StatusBadge } from '../../ui/status/status-badge';
import { StatusFilter } from '../../ui/status/status-filter';
import { STATUS_LOOKS } from '../../ui/status/status-looks';
import { TasksStore } from '../../data/tasks/tasks-store';

const PAGE_SIZE = 20;

/**
 * The tasks of all sessions, page by page, live; one of them opens beside the list, on phones in its place.
 */
@Component({
  selector: 'app-tasks-page',
  imports: [
    ActivityList,
    AsyncPipe,
    AwayNote,
    MatButton,
    MatPaginator,
    Notice,
    PageHeading,
    RouterLink,
    RouterLinkActive,
    RouterOutlet,
    StatusBadge,
    StatusFilter,
  ],
  templateUrl: './tasks-page.html',
  styleUrl: './tasks-page.scss',
  providers: [{ provide: MatPaginatorIntl, useClass: PaginatorTexts }],
  host: { '[class.has-details]': 'detailsOpen()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TasksPage {
  /** `?page=`, from 1. */
  readonly page = input(1, { transform: toPage });
  /** `?status=` */
  readonly status = input(null, { transform: toChoice(TASK_STATUSES) });

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly tasks = inject(TasksStore);
  protected readonly list = this.tasks.page;
  protected readonly sessions = inject(SessionsStore);
  protected readonly languageTag = workLanguageTag;
  protected readonly statuses = TASK_STATUSES;
  protected readonly pageSize = PAGE_SIZE;
  protected readonly detailsOpen = signal(false);
  protected readonly statusName = computed(() => {
    const status = this.status();
    return status === null ? '' : this.t(STATUS_LOOKS[status].name);
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
  /** The tasks of all sessions that are being written now, also those on other pages of the list. */
  protected readonly running = injectTaskActivity(this.shown).pipe(newestFirst(), map(runningNow));
  readonly #turnTo = injectPageTurner(this.list, this.page, PAGE_SIZE);
  readonly #query = computed(() => ({
    page: this.page(),
    pageSize: PAGE_SIZE,
    filter: this.status(),
  }));

  constructor() {
    // These end with the page: a store would keep a signal that it was given, and the page with it.
    const openPage = rxMethod<PageQuery<TaskStatus>>(tap((query) => this.list.open(query)));
    const openNamed = rxMethod<readonly string[]>(tap((ids) => this.sessions.openNamed(ids)));
    openPage(this.#query);
    this.sessions.openOverview();
    openNamed(() => this.list.items().map((task) => task.session_id));
  }

  protected typeOf(task: Task): string {
    return taskTypeName(task.task_type, this.t);
  }

  /** The session of a task; undefined while it is not known here. */
  protected sessionOf(task: Task): Session | undefined {
    return this.sessions.sessionOf(task.session_id);
  }

  protected turn({ pageIndex }: PageEvent): void {
    this.#turnTo(pageIndex + 1);
  }

  protected retry(): void {
    this.list.open(this.#query());
  }
}
