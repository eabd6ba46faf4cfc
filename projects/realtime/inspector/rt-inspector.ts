import { ChangeDetectionStrategy, Component, input, type Type } from '@angular/core';
import { InspectorNotLoaded } from './panel/inspector-not-loaded';
import type { InspectorLanguage } from './panel/inspector-texts';
import { PanelOutlet } from './panel/panel-outlet';

/**
 * What the connection says and hears, in the page. Its panel is loaded when the element is first shown, so
 * that it is in no bundle of an application that never shows it. Needs `withInspector()`.
 *
 * ```html
 * <rt-inspector language="zh" />
 * ```
 */
@Component({
  selector: 'rt-inspector',
  imports: [PanelOutlet],
  template: `<ng-template [rtPanelOutlet]="loadPanel" [language]="language()" />`,
  styles: ':host { display: block; }',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class RtInspector {
  /** Language of its words. @default 'en' */
  readonly language = input<InspectorLanguage>('en');

  protected readonly loadPanel = async (): Promise<Type<unknown>> => {
    try {
      return (await import('./panel/inspector-panel')).InspectorPanel;
    } catch {
      return InspectorNotLoaded;
    }
  };
}
