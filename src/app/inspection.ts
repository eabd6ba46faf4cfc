import { JsonPipe } from '@angular/common';
import {
  type ApplicationRef,
  ChangeDetectionStrategy,
  Component,
  createComponent,
  DOCUMENT,
  inject,
} from '@angular/core';
import {
  type QuarantinedMessage,
  type RealtimeExtension,
  RealtimeQuarantine,
} from '@creative-autogpt/realtime';
import { RtInspector, withInspector } from '@creative-autogpt/realtime/inspector';
import { Languages } from './platform/i18n/languages';
import { injectTranslate } from './platform/i18n/translate';

/** The extension that records the connection from its beginning. */
export const INSPECTION: readonly RealtimeExtension[] = [withInspector({ enabled: 'always' })];

/** Shows the inspector over every page of an application that was given {@link INSPECTION}. */
export function showInspector(app: ApplicationRef): void {
  const document = app.injector.get(DOCUMENT);
  const hostElement = document.createElement('app-inspection');
  document.body.append(hostElement);
  const { hostView } = createComponent(Inspection, { environmentInjector: app.injector, hostElement });
  app.attachView(hostView);
}

/** The library's inspector, and the messages that were set aside because their schema refused them. */
@Component({
  selector: 'app-inspection',
  imports: [JsonPipe, RtInspector],
  template: `
    <details>
      <summary>{{ t('connection.inspector') }}</summary>
      <div class="panel">
        <h2>{{ t('connection.setAside') }}</h2>
        @for (message of setAside(); track message) {
          <details>
            <summary>{{ message.event }}: {{ reasonOf(message) }}</summary>
            <pre>{{ message.message | json }}</pre>
          </details>
        } @empty {
          <p>{{ t('connection.noneSetAside') }}</p>
        }
        <rt-inspector [language]="languages.current()" />
      </div>
    </details>
  `,
  styles: `
    :host {
      position: fixed;
      inset: auto auto var(--app-bottom-inset) 0;
      z-index: 900;
      max-width: 100vw;
      border: 1px solid var(--app-line);
      border-radius: 0 var(--app-radius-small) 0 0;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface);
      font-size: 0.8125rem;
    }

    summary {
      padding: 4px 12px;
      cursor: pointer;
    }

    h2,
    p {
      padding: 4px 12px;
      font-size: inherit;
    }

    pre {
      padding-inline: 12px;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }

    .panel {
      width: min(100vw, 60rem);
      max-height: 60vh;
      overflow: auto;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Inspection {
  protected readonly t = injectTranslate();
  protected readonly languages = inject(Languages);
  protected readonly setAside = inject(RealtimeQuarantine).recent;

  protected reasonOf({ issues }: QuarantinedMessage): string {
    return issues.map(({ message }) => message).join('; ');
  }
}
