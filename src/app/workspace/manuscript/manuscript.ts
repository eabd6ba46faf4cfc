import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Session, Task } from '@creative-autogpt/protocol';
import { workLanguageTag } from '../../i18n/language';
import { injectTranslate } from '../../i18n/translate';
import { TaskText } from '../../tasks/text/task-text';
import { taskTypeName } from '../../tasks/task-type';
import { Icon } from '../../theme/icon/icon';
import { Notice } from '../../theme/notice/notice';
import { StatusBadge } from '../../theme/status/status-badge';
import { WritingStore } from '../writing-store';
import { FollowTail } from './follow-tail';

/** The sheet with the text of one task, live while it is written. */
@Component({
  selector: 'app-manuscript',
  imports: [FollowTail, Icon, MatButton, Notice, StatusBadge, TaskText],
  templateUrl: './manuscript.html',
  styleUrl: './manuscript.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Manuscript {
  private readonly writing = inject(WritingStore);

  readonly session = input.required<Session>();
  /** The task whose text is read; undefined while nothing is planned. */
  readonly task = input.required<Task | undefined>();
  /** Whether another task than this one is being written. */
  readonly liveElsewhere = input.required<boolean>();
  /** The reader wants the task that is being written. */
  readonly watchLive = output();

  protected readonly t = injectTranslate();
  protected readonly growing = computed(() => this.task()?.status === 'running');
  protected readonly text = computed(() => {
    const task = this.task();
    if (task === undefined) {
      return '';
    }
    return task.status === 'running' ? this.writing.textOf(task.task_id) : (task.result ?? '');
  });
  /** Language of the work, for fonts, hyphenation and screen readers. */
  protected readonly language = computed(() => workLanguageTag(this.session().goal.language));
  protected readonly typeName = computed(() => taskTypeName(this.task()?.task_type ?? '', this.t));
}
