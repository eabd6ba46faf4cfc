import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { SESSION_STATUSES, type TaskStatus } from '@creative-autogpt/protocol';
import { merge } from 'rxjs';
import { AboutAuthor } from '../sessions/about-author';
import { injectSessionActivity, injectTaskActivity, newestFirst } from '../../data/activity';
import { Author } from '../../data/author';
import { ConnectionFacts } from '../../ui/connection-facts';
import { ActivityList } from '../../ui/activity-list';
import { AwayNote } from '../../ui/away-note';
import { failureWords } from '../../platform/i18n/failure-text';
import { Format } from '../../platform/i18n/format';
import { injectTranslate } from '../../platform/i18n/translate';
import { ServerReach } from '../../platform/rest/server-reach';
import { SessionCard } from '../sessions/session-card';
import { SessionDialogs } from '../sessions/session-dialogs';
import { SessionsStore } from '../../data/sessions/sessions-store';
import { PageHeading } from '../../ui/page-heading';
import { Icon } from '../../platform/theme/icon';
import { Notice } from '../../ui/notice';
import { SESSION_LOOKS, STATUS_LOOKS } from '../../ui/status/status-looks';

const WAITING = 'pending_approval' satisfies TaskStatus;

/** The first page: what there is, what is being written, and the way to something new. */
@Component({
  selector: 'app-home-page',
  imports: [
    AboutAuthor,
    ActivityList,
    AsyncPipe,
    ConnectionFacts,
    AwayNote,
    Icon,
    MatButton,
    Notice,
    PageHeading,
    RouterLink,
    SessionCard,
  ],
  templateUrl: './home-page.html',
  styleUrl: './home-page.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class HomePage {
  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly author = inject(Author);
  protected readonly dialogs = inject(SessionDialogs);
  protected readonly sessions = inject(SessionsStore);

  protected readonly waiting = WAITING;
  protected readonly waitingLook = STATUS_LOOKS[WAITING];

  protected readonly overview = this.sessions.overview;
  protected readonly reach = inject(ServerReach);
  protected readonly recent = computed(() => {
    const { items, known } = this.sessions.recent;
    return this.failure() !== null && items().length === 0 ? known() : items();
  });
  /** What has just happened in all sessions. */
  protected readonly activity = merge(
    injectSessionActivity(this.recent),
    injectTaskActivity(signal([])),
  ).pipe(newestFirst());
  /** The statuses that any session has, with how many. */
  protected readonly statusCounts = computed(() => {
    const counts = this.overview()?.sessions;
    return counts === undefined
      ? []
      : SESSION_STATUSES.map((status) => ({
          status,
          look: SESSION_LOOKS[status],
          count: counts[status],
        })).filter(({ count }) => count > 0);
  });
  protected readonly failure = computed(() => {
    const failure = this.sessions.overviewFailure();
    return failure === null ? null : failureWords(failure, this.t);
  });

  constructor() {
    this.open();
  }

  /** A dash keeps the place of a number that is not known yet. */
  protected number(value: number | undefined): string {
    return value === undefined ? '–' : this.format.number(value);
  }

  protected open(): void {
    this.sessions.openOverview();
  }
}
