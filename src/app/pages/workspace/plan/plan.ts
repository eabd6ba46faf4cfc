import { ChangeDetectionStrategy, Component, inject, input, output } from '@angular/core';
import type { Task } from '@creative-autogpt/protocol';
import { Format } from '../../../platform/i18n/format';
import { taskTypeName } from '../../../platform/i18n/task-type-name';
import { injectTranslate } from '../../../platform/i18n/translate';
import type { PlanState } from '../../../data/tasks/tasks-store';
import { Icon } from '../../../platform/theme/icon';
import { STATUS_LOOKS } from '../../../ui/status/status-looks';

/** The tasks of a session in the order they are written; one of them is open. */
@Component({
  selector: 'app-plan',
  imports: [Icon],
  templateUrl: './plan.html',
  styleUrl: './plan.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Plan {
  readonly tasks = input.required<readonly Task[]>();
  /** Whether these are all of them. */
  readonly state = input.required<PlanState>();
  /** The task whose text is read. */
  readonly openTaskId = input.required<string | undefined>();
  /** `lang` of the work; null where it is not known. */
  readonly language = input.required<string | null>();
  /** How many chapters are finished; they can be read as one. */
  readonly finishedChapters = input.required<number>();
  /** Whether they are. */
  readonly wholeWorkOpen = input.required<boolean>();
  /** The reader wants all finished chapters. */
  readonly openWholeWork = output();
  /** The reader wants another task. */
  readonly openTask = output<string>();

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly looks = STATUS_LOOKS;

  protected typeOf(task: Task): string {
    return taskTypeName(task.task_type, this.t);
  }
}
