import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A named value; null when there is none. */
export interface Fact {
  readonly name: string;
  readonly value: string | null | undefined;
}

/** Names and their values, one per line. Facts without a value are left out. */
@Component({
  selector: 'app-fact-list',
  template: `
    <dl>
      @for (fact of known(); track fact.name) {
        <div>
          <dt>{{ fact.name }}</dt>
          <dd>{{ fact.value }}</dd>
        </div>
      }
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      gap: 6px;
      font-size: 0.875rem;
      line-height: 1.5;
    }

    dl > div {
      display: grid;
      grid-template-columns: 7em minmax(0, 1fr);
      gap: 12px;
    }

    dt {
      color: var(--mat-sys-on-surface-variant);
    }

    dd {
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class FactList {
  readonly facts = input.required<readonly Fact[]>();

  protected readonly known = computed(() =>
    this.facts().filter(({ value }) => value !== null && value !== undefined && value !== ''),
  );
}
