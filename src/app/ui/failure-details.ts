import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { injectTranslate } from '../platform/i18n/translate';

/** What the server says about a failure, in its own words, for people who open it. */
@Component({
  selector: 'app-failure-details',
  template: `
    @if (text(); as text) {
      <details>
        <summary>{{ t('errors.details') }}</summary>
        <p lang="en">{{ text }}</p>
      </details>
    }
  `,
  styles: `
    details {
      font-size: 0.875rem;
    }

    summary {
      width: fit-content;
      cursor: pointer;
    }

    p {
      padding-top: 4px;
      overflow-wrap: anywhere;
      text-align: start;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FailureDetails {
  /** Null where there is nothing to add. */
  readonly text = input.required<string | null>();

  protected readonly t = injectTranslate();
}
