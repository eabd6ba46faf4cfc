import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { injectTranslate } from '../../../platform/i18n/translate';
import { TaskText } from '../../tasks/text/task-text';
import type { Chapter } from './chapters';

/** The sheet with all finished chapters, one after the other, for reading without interruption. */
@Component({
  selector: 'app-whole-work',
  imports: [TaskText],
  template: `
    <header>
      <h2>{{ t('workspace.wholeWork') }}</h2>
    </header>
    <div class="scroller" tabindex="0" role="region" [attr.aria-label]="t('workspace.manuscript')">
      <article data-testid="manuscript" [attr.lang]="language()">
        @for (chapter of chapters(); track chapter.index) {
          <app-task-text class="chapter" [text]="chapter.text" />
        }
      </article>
    </div>
  `,
  styleUrl: '../manuscript/manuscript.scss',
  styles: `
    .chapter + .chapter {
      margin-top: 40px;
      padding-top: 40px;
      border-top: 1px solid var(--app-line);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class WholeWork {
  readonly chapters = input.required<readonly Chapter[]>();
  /** `lang` of the work; null where it is not known. */
  readonly language = input.required<string | null>();

  protected readonly t = injectTranslate();
}
