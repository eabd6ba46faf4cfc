import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { DimensionScore, EvaluationResult } from '@creative-autogpt/protocol';
import { Format } from '../../platform/i18n/format';
import { injectTranslate } from '../../platform/i18n/translate';
import { Icon } from '../../platform/theme/icon';
import { dimensionName, measured } from './evaluation-texts';

/**
 * How a finished text was judged: the verdict, the score, and a small meter for each quality that was
 * measured.
 */
@Component({
  selector: 'app-task-evaluation',
  imports: [Icon],
  template: `
    <p class="verdict" [class.passed]="evaluation().passed">
      <app-icon [name]="evaluation().passed ? 'check' : 'info'" />
      <strong>{{ format.percent(evaluation().score) }}</strong>
      <span>{{ t(evaluation().passed ? 'evaluation.passed' : 'evaluation.notPassed') }}</span>
    </p>
    @if (!evaluation().passed) {
      <p class="note">{{ t('evaluation.notPassedNote') }}</p>
    }
    <dl>
      @for (dimension of dimensions(); track dimension.name) {
        <div>
          <dt>{{ dimension.name }}</dt>
          <dd>{{ format.percent(dimension.score) }}</dd>
          <dd class="wide">
            <div
              class="meter"
              role="meter"
              aria-valuemin="0"
              aria-valuemax="100"
              [attr.aria-label]="dimension.name"
              [attr.aria-valuenow]="dimension.percentage"
            >
              <span [style.inline-size.%]="dimension.percentage"></span>
            </div>
          </dd>
          @if (dimension.measured) {
            <dd class="wide measured">{{ dimension.measured }}</dd>
          }
        </div>
      }
    </dl>
  `,
  styleUrl: './task-evaluation.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class TaskEvaluation {
  readonly evaluation = input.required<EvaluationResult>();

  protected readonly t = injectTranslate();
  protected readonly format = inject(Format);
  protected readonly dimensions = computed(() =>
    Object.entries(this.evaluation().dimension_scores ?? {}).map(([dimension, result]) =>
      this.#shown(dimension, result),
    ),
  );

  #shown(dimension: string, result: DimensionScore) {
    return {
      name: dimensionName(dimension, this.t),
      score: result.score,
      percentage: Math.round(result.score * 100),
      measured: measured(dimension, result, this.t, this.format),
    };
  }
}
