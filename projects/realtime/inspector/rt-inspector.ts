import { NgComponentOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { catchError, defer, of } from 'rxjs';
import { INSPECTOR_TEXTS, type InspectorLanguage } from './panel/inspector-texts';

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

  protected readonly texts = INSPECTOR_TEXTS;
  /** Undefined while it is loading, null when it could not be loaded. */
  protected readonly panel = toSignal(
    defer(async () => (await import('./panel/inspector-panel')).InspectorPanel).pipe(
      catchError(() => of(null)),
    ),
  );
}
