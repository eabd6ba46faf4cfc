import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Task } from '@creative-autogpt/protocol';
import { OFFLINE_AUTHOR } from '../home/author';
import { Format } from '../i18n/format';
import { injectTranslate } from '../i18n/translate';
import { FactList } from '../theme/fact-list/fact-list';
import { taskTypeName } from './task-type';

/** How a task went: its kind, author, time and cost. What is not known yet is left out. */
@Component({
  selector: 'app-task-facts',
  imports: [FactList],
  template: `
    <app-fact-list [facts]="facts()" />
    @if (task().llm_provider === offlineAuthor) {
      <p>{{ t('author.offline') }}</p>
    }
  `,
  styles: `
    p {
      margin-top: 10px;
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.8125rem;
      line-height: 1.5;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskFacts {
  private readonly format = inject(Format);

  readonly task = input.required<Task>();

  protected readonly t = injectTranslate();
  protected readonly offlineAuthor = OFFLINE_AUTHOR;
  protected readonly facts = computed(() => {
    const { t, format } = this;
    const task = this.task();
    return [
      { name: t('facts.type'), value: taskTypeName(task.task_type, t) },
      { name: t('facts.author'), value: this.author() },
      {
        name: t('facts.duration'),
        value: task.execution_time_seconds === null ? null : format.duration(task.execution_time_seconds),
      },
      { name: t('facts.attempts'), value: task.retry_count === 0 ? null : format.number(task.retry_count) },
      { name: t('facts.tokens'), value: task.total_tokens === 0 ? null : format.number(task.total_tokens) },
      {
        name: t('facts.completed'),
        value: task.completed_at === null ? null : format.moment(task.completed_at),
      },
    ];
  });

  private readonly author = computed(() => {
    const { llm_provider: provider, llm_model: model } = this.task();
    return provider === OFFLINE_AUTHOR ? this.t('author.offlineShort') : (model ?? provider);
  });
}
