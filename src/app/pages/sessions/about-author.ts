import { ChangeDetectionStrategy, Component } from '@angular/core';
import { injectTranslate } from '../../platform/i18n/translate';
import { Icon } from '../../platform/theme/icon';

/** Says that texts come from the offline author, and how to have a model write instead. */
@Component({
  selector: 'app-about-author',
  imports: [Icon],
  template: `<app-icon name="info" /><span>{{ t('author.offline') }}</span>`,
  styles: `
    :host {
      display: flex;
      gap: 8px;
      align-items: start;
      color: var(--mat-sys-on-surface-variant);
      font-size: 0.875rem;
      line-height: 1.5;
      text-wrap: pretty;
    }

    app-icon {
      margin-top: 0.15em;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AboutAuthor {
  protected readonly t = injectTranslate();
}
