import { booleanAttribute, ChangeDetectionStrategy, Component, input } from '@angular/core';
import { FailureDetails } from './failure-details';
import { Icon } from '../platform/theme/icon';
import type { IconName } from '../platform/theme/icons';

/**
 * What a page says in place of content, or above what is known of it: nothing there yet, not found, or not
 * loadable. Actions go inside.
 */
@Component({
  selector: 'app-notice',
  imports: [FailureDetails, Icon],
  template: `
    <span class="picture"><app-icon [name]="icon()" /></span>
    <p class="heading">{{ heading() }}</p>
    <p class="text">{{ text() }}</p>
    <app-failure-details [text]="details()" />
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      justify-items: center;
      padding: 56px 24px;
      text-align: center;
    }

    .picture {
      display: grid;
      place-items: center;
      width: 64px;
      height: 64px;
      margin-bottom: 8px;
      border-radius: 50%;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface-variant);
      font-size: 1.5rem;
    }

    .heading {
      font: 600 1.25rem/1.4 var(--app-serif);
      text-wrap: balance;
    }

    .text {
      max-width: 44ch;
      margin-bottom: 12px;
      color: var(--mat-sys-on-surface-variant);
    }

    :host(.above) {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      padding: 8px 16px;
      border: 1px solid var(--app-line);
      border-radius: var(--app-radius-small);
      text-align: start;

      .picture {
        width: auto;
        height: auto;
        margin: 0;
        background: none;
        font-size: 1rem;
      }

      .heading {
        font: inherit;
        font-weight: 600;
      }

      .text {
        flex: 1 1 16em;
        max-width: none;
        margin: 0;
      }
    }
  `,
  host: { '[class.above]': 'above()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Notice {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
  readonly text = input.required<string>();
  /** Whether there is content below it. @default false */
  readonly above = input(false, { transform: booleanAttribute });
  /** What the server says about a failure, for people who open it. */
  readonly details = input<string | null>(null);
}
