import {
  DestroyRef,
  Directive,
  inject,
  Injector,
  input,
  type OnInit,
  PendingTasks,
  type Type,
  ViewContainerRef,
} from '@angular/core';
import type { InspectorLanguage } from './inspector-texts';

/**
 * Where a component stands that is loaded when this is shown. The application is not stable before it is
 * there.
 *
 * `NgComponentOutlet` and `@defer` would do the same, and would cost an application that uses neither more
 * than the inspector itself.
 */
@Directive({ selector: '[rtPanelOutlet]' })
export class PanelOutlet implements OnInit {
  /** Loads the component. Must not reject. */
  readonly rtPanelOutlet = input.required<() => Promise<Type<unknown>>>();
  /** What the component speaks, which injects it from here. */
  readonly language = input.required<InspectorLanguage>();

  readonly #container = inject(ViewContainerRef);
  readonly #destroyRef = inject(DestroyRef);
  readonly #injector = inject(Injector);
  readonly #tasks = inject(PendingTasks);

  ngOnInit(): void {
    this.#tasks.run(async () => {
      const component = await this.rtPanelOutlet()();
      if (!this.#destroyRef.destroyed) {
        this.#container.createComponent(component, { injector: this.#injector });
      }
    });
  }
}
