import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../platform/i18n/translate';
import { PageHeading } from '../ui/page-heading';

/** Shown for every address that has no page. */
@Component({
  selector: 'app-not-found-page',
  imports: [PageHeading, RouterLink],
  template: `
    <p class="number" aria-hidden="true">404</p>
    <h1 appPageHeading>{{ t('notFound.heading') }}</h1>
    <p>{{ t('notFound.text') }}</p>
    <a routerLink="/">{{ t('notFound.home') }}</a>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      justify-items: center;
      padding: 18dvh var(--app-gutter) 64px;
      text-align: center;
    }

    .number {
      color: var(--app-seal);
      font: 400 4rem/1 var(--app-serif);
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NotFoundPage {
  protected readonly t = injectTranslate();
}
