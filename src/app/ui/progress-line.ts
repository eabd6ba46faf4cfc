import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A thin line that fills as work is done. Needs an `aria-label` or `aria-labelledby`. */
@Component({
  selector: 'app-progress-line',
  template: `<span [style.inline-size.%]="percentage()"></span>`,
  styles: `
    :host {
      display: block;
      height: 6px;
      overflow: hidden;
      border-radius: 999px;
      background: var(--mat-sys-surface-container-highest);
    }

    span {
      display: block;
      height: 100%;
      border-radius: inherit;
      background: var(--mat-sys-primary);
      transition: inline-size 400ms ease;
    }

    /* Where the system paints all surfaces alike. */
    @media (forced-colors: active) {
      :host {
        border: 1px solid CanvasText;
      }

      span {
        background: Highlight;
        forced-color-adjust: none;
      }
    }
  `,
  host: {
    role: 'progressbar',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    '[attr.aria-valuenow]': 'percentage()',
  },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ProgressLine {
  readonly done = input.required<number>();
  readonly total = input.required<number>();

  /** Whole percent, 0 while nothing is planned. */
  protected readonly percentage = computed(() =>
    this.total() === 0 ? 0 : Math.min(100, Math.round((this.done() / this.total()) * 100)),
  );
}
