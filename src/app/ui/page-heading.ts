import { afterNextRender, Directive, ElementRef, inject } from '@angular/core';
import { Router } from '@angular/router';

/**
 * The heading of a page. It takes the focus when the page was navigated to, so that keyboard and screen
 * reader go on from the new page; the first page of a visit leaves the focus to the browser.
 */
@Directive({ selector: 'h1[appPageHeading]', host: { tabindex: '-1' } })
export class PageHeading {
  readonly #heading = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    if (inject(Router).navigated) {
      afterNextRender(() => {
        this.focus();
      });
    }
  }

  /** Takes the focus, where whatever had it is gone. */
  focus(): void {
    this.#heading.focus({ preventScroll: true });
  }
}
