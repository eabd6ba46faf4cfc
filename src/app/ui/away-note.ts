import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import type { TextKey } from '../platform/i18n/dictionary';
import { injectTranslate } from '../platform/i18n/translate';
import { ServerReach } from '../platform/rest/server-reach';
import { Icon } from '../platform/theme/icon';

/** Says while the server is away why nothing can be changed, and that what is shown is from before. */
@Component({
  selector: 'app-away-note',
  imports: [Icon],
  template: `<app-icon name="info" /><span>{{ t(text()) }}</span>`,
  styles: `
    :host {
      display: flex;
      gap: 8px;
      align-items: start;
      color: var(--app-status-paused);
      font-size: 0.875rem;
      line-height: 1.5;
      text-wrap: pretty;
    }

    :host([hidden]) {
      display: none;
    }

    app-icon {
      margin-top: 0.15em;
    }
  `,
  host: { '[hidden]': '!reach.away()' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class AwayNote {
  readonly text = input<TextKey>('away.page');

  protected readonly t = injectTranslate();
  protected readonly reach = inject(ServerReach);
}
