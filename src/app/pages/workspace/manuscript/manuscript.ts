import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Session, Task } from '@creative-autogpt/protocol';
import type { TextKey } from '../../../platform/i18n/dictionary';
import { workLanguageTag } from '../../../platform/i18n/language';
import type { FailureWords } from '../../../platform/i18n/failure-text';
import { injectTranslate } from '../../../platform/i18n/translate';
import { ApprovalPanel } from '../../tasks/approval/approval-panel';
import { isWritten } from '../../../data/tasks/task-after';
import { TaskText } from '../../tasks/text/task-text';
import type { PlanState } from '../../../data/tasks/tasks-store';
import { Icon } from '../../../platform/theme/icon';
import type { IconName } from '../../../platform/theme/icons';
import { Notice } from '../../../ui/notice';
import { StatusBadge } from '../../../ui/status/status-badge';
import { WritingStore } from '../writing-store';
import { FollowTail } from './follow-tail';

/** What goes on with a task at the moment: it is written, or waits for approval. */
export type LiveTask = 'running' | 'pending_approval';

const LIVE_BUTTONS: Readonly<Record<LiveTask, { readonly icon: IconName; readonly name: TextKey }>> = {
  running: { icon: 'quill', name: 'workspace.watchLive' },
  pending_approval: { icon: 'review', name: 'workspace.reviewWaiting' },
};

/** The sheet with the text of one task, live while it is written. */
@Component({
  selector: 'app-manuscript',
  imports: [ApprovalPanel, FollowTail, Icon, MatButton, Notice, StatusBadge, TaskText],
  templateUrl: './manuscript.html',
  styleUrl: './manuscript.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Manuscript {
  readonly #writing = inject(WritingStore);

  readonly session = input.required<Session>();
  /** The task whose text is read; undefined while nothing is planned. */
  readonly task = input.required<Task | undefined>();
  /** Whether the plan, and so every text, is known. */
  readonly planState = input.required<PlanState>();
  /** Why the plan could not be read; null where it was. */
  readonly planFailure = input.required<FailureWords | null>();
  /** Whether another task than this one is being written, or waits for approval. */
  readonly liveElsewhere = input.required<LiveTask | null>();
  /** The reader wants to see that other task. */
  readonly watchLive = output();
  /** Whether the reader has left the end of a growing text, and so stays with it once it is finished. */
  readonly readerStays = output<boolean>();
  /** The person wants the plan to be read again. */
  readonly retry = output();

  protected readonly t = injectTranslate();
  /** Whether the text is the rest of an attempt that has ended. */
  protected readonly unfinished = computed(() => {
    const task = this.task();
    return task !== undefined && !isWritten(task) && this.#writing.abandoned(task.task_id);
  });
  protected readonly growing = computed(() => this.task()?.status === 'running' && !this.unfinished());
  protected readonly text = computed(() => {
    const task = this.task();
    if (task === undefined) {
      return '';
    }
    return isWritten(task) || task.damaged ? (task.result ?? '') : this.#writing.textOf(task.task_id);
  });
  /** Language of the work, for fonts, hyphenation and screen readers. */
  protected readonly language = computed(() => workLanguageTag(this.session().goal.language));
  /** The way to what goes on elsewhere. */
  protected readonly liveButton = computed(() => {
    const live = this.liveElsewhere();
    return live === null ? null : LIVE_BUTTONS[live];
  });

  protected follow(following: boolean): void {
    // A reader who comes to the end of a finished text is still reading it.
    if (this.growing()) {
      this.readerStays.emit(!following);
    }
  }
}
