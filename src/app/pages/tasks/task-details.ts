import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { rxMethod } from '@ngrx/signals/rxjs-interop';
import { tap } from 'rxjs';
import { AwayNote } from '../../ui/away-note';
import { failureWords, writingFailure } from '../../platform/i18n/failure-text';
import { workLanguageTag } from '../../platform/i18n/language';
import { injectPageName } from '../../platform/i18n/page-title';
import { injectTranslate } from '../../platform/i18n/translate';
import { isNotFound } from '../../platform/rest/rest-failure';
import { SessionsStore } from '../../data/sessions/sessions-store';
import { FailureDetails } from '../../ui/failure-details';
import { Icon } from '../../platform/theme/icon';
import { Notice } from '../../ui/notice';
import { StatusBadge } from '../../ui/status/status-badge';
import { ApprovalPanel } from './approval/approval-panel';
import { isWritten } from '../../data/tasks/task-after';
import { TaskEvaluation } from './task-evaluation';
import { TaskFacts } from './task-facts';
import { TasksStore } from '../../data/tasks/tasks-store';
import { TaskText } from './text/task-text';

/** One task with its text and evaluation, beside the list of tasks. */
@Component({
  selector: 'app-task-details',
  imports: [
    ApprovalPanel,
    AwayNote,
    FailureDetails,
    Icon,
    MatButton,
    MatIconButton,
    Notice,
    RouterLink,
    StatusBadge,
    TaskEvaluation,
    TaskFacts,
    TaskText,
  ],
  templateUrl: './task-details.html',
  styleUrl: './task-details.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskDetails {
  readonly #sessions = inject(SessionsStore);

  readonly taskId = input.required<string>();

  protected readonly t = injectTranslate();
  protected readonly isWritten = isWritten;
  protected readonly tasks = inject(TasksStore);
  protected readonly task = computed(() => this.tasks.taskOf(this.taskId()));
  protected readonly failure = computed(() => {
    const error = this.tasks.taskFailure(this.taskId());
    return error === null || isNotFound(error) ? null : failureWords(error, this.t);
  });
  protected readonly writingFailure = computed(() => writingFailure(this.task() ?? {}, this.t));
  protected readonly language = computed(() =>
    workLanguageTag(this.#sessions.sessionOf(this.task()?.session_id ?? '')?.goal.language),
  );

  constructor() {
    injectPageName(computed(() => this.task()?.title));
    // These end with the page: a store would keep a signal that it was given, and the page with it.
    const openTask = rxMethod<string>(tap((taskId) => this.tasks.openTask(taskId)));
    const openNamed = rxMethod<readonly string[]>(tap((ids) => this.#sessions.openNamed(ids)));
    openTask(this.taskId);
    openNamed(() => {
      const task = this.task();
      return task === undefined ? [] : [task.session_id];
    });
  }

  protected retry(): void {
    this.tasks.openTask(this.taskId());
  }
}
