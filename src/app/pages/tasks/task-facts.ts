import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { Task } from '@creative-autogpt/protocol';
import { Author, OFFLINE_AUTHOR } from '../../data/author';
import { Format } from '../../platform/i18n/format';
import { taskTypeName } from '../../platform/i18n/task-type-name';
import { injectTranslate } from '../../platform/i18n/translate';
import { FactList } from '../../ui/fact-list';

/** How a task went: its kind, author, time and cost. What is not known yet is left out. */
@Component({
  selector: 'app-task-facts',
  imports: [FactList],
  template: `
    <app-fact-list [facts]="facts()" />
    @if (isOffline()) {
      <p>{{ t('author.offline') }}</p>
    }
  `,
  styles: `
    p {
      margin-top: 10px;
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.8125rem;
      line-height: 1.5;
      text-wrap: pretty;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskFacts {
  readonly #format = inject(Format);
  readonly #writer = inject(Author);

  readonly task = input.required<Task>();

  /** A task names its author when it is finished; until then it is the one who writes on this server. */
  protected readonly isOffline = computed(() => {
    const { llm_provider: provider, status } = this.task();
    return provider === null ? status === 'running' && this.#writer.isOffline() : provider === OFFLINE_AUTHOR;
  });

  protected readonly t = injectTranslate();
  protected readonly facts = computed(() => {
    const { t } = this;
    const format = this.#format;
    const task = this.task();
    return [
      { name: t('facts.type'), value: taskTypeName(task.task_type, t) },
      { name: t('facts.author'), value: this.#author() },
      {
        name: t('facts.duration'),
        value: task.execution_time_seconds === null ? null : format.duration(task.execution_time_seconds),
      },
      {
        name: t('facts.attempts'),
        value: task.retry_count === 0 ? null : format.number(task.retry_count + 1),
      },
      { name: t('facts.tokens'), value: task.total_tokens === 0 ? null : format.number(task.total_tokens) },
      {
        name: t('facts.completed'),
        value: task.completed_at === null ? null : format.moment(task.completed_at),
      },
    ];
  });

  readonly #author = computed(() => {
    const { llm_provider: provider, llm_model: model } = this.task();
    return this.isOffline() ? this.t('author.offlineShort') : (model ?? provider);
  });
}
