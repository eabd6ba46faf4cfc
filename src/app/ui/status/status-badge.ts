import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { injectTranslate } from '../../platform/i18n/translate';
import { Icon } from '../../platform/theme/icon';
import { type Status, STATUS_LOOKS } from './status-looks';

/** The status of a session or task as a picture and a word. */
@Component({
  selector: 'app-status-badge',
  imports: [Icon],
  template: `<app-icon [name]="look().icon" /><span>{{ t(look().name) }}</span>`,
  styles: `
    :host {
      --badge-colour: var(--app-status-idle);

      display: inline-flex;
      align-items: center;
      gap: 6px;
      padding: 2px 10px 2px 8px;
      border-radius: 999px;
      background: color-mix(in srgb, var(--badge-colour) 12%, transparent);
      color: var(--badge-colour);
      font-size: 0.8125rem;
      font-weight: 600;
      line-height: 1.5;
      white-space: nowrap;
    }

    :host([data-status='running']) {
      --badge-colour: var(--app-status-running);
    }

    :host([data-status='pending_approval']) {
      --badge-colour: var(--app-status-waiting);
    }

    :host([data-status='paused']) {
      --badge-colour: var(--app-status-paused);
    }

    :host([data-status='completed']) {
      --badge-colour: var(--app-status-completed);
    }

    :host([data-status='failed']) {
      --badge-colour: var(--app-status-failed);
    }
  `,
  host: { '[attr.data-status]': 'status()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StatusBadge {
  readonly status = input.required<Status>();

  protected readonly t = injectTranslate();
  protected readonly look = computed(() => STATUS_LOOKS[this.status()]);
}
