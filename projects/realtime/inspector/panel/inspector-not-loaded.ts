import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { INSPECTOR_TEXTS } from './inspector-texts';
import { PanelOutlet } from './panel-outlet';

/** What stands there when the panel could not be loaded. */
@Component({
  selector: 'rt-inspector-not-loaded',
  template: `<p role="alert">{{ text() }}</p>`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class InspectorNotLoaded {
  readonly #language = inject(PanelOutlet).language;
  protected readonly text = computed(() => INSPECTOR_TEXTS[this.#language()].notLoaded);
}
