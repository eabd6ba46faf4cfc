import { NgComponentOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, input, PendingTasks } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { catchError, defer, finalize, type Observable, of } from 'rxjs';
import type { InspectorPanel } from './panel/inspector-panel';
import { INSPECTOR_TEXTS, type InspectorLanguage, type InspectorTexts } from './panel/inspector-texts';

/**
 * What the connection says and hears, in the page. Its panel is loaded when the element is first shown, so that it is
 * in no bundle of an application that never shows it. Needs `withInspector()`.
 *
 * ```html
 * <rt-inspector language="zh" />
 * ```
 */
@Component({
  selector: 'rt-inspector',
  imports: [NgComponentOutlet],
  template: `
    @if (panel(); as panel) {
      <ng-container *ngComponentOutlet="panel; inputs: { language: language() }" />
    } @else if (panel() === null) {
      <p role="alert">{{ texts[language()].notLoaded }}</p>
    }
  `,
  styles: ':host { display: block; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RtInspector {
  /** Language of its words. @default 'en' */
  readonly language = input<InspectorLanguage>('en');

  protected readonly texts: Readonly<Record<InspectorLanguage, InspectorTexts>> = INSPECTOR_TEXTS;
  /** Undefined while it is loading, null when it could not be loaded. */
  protected readonly panel = toSignal(loadPanel());
}

/** The application is not stable before the panel is there. */
function loadPanel(): Observable<typeof InspectorPanel | null> {
  const loaded = inject(PendingTasks).add();
  return defer(async () => (await import('./panel/inspector-panel')).InspectorPanel).pipe(
    catchError(() => of(null)),
    finalize(loaded),
  );
}
