import { effect, inject, Injectable } from '@angular/core';
import { MatPaginatorIntl } from '@angular/material/paginator';
import { Format } from './format';
import { injectTranslate } from './translate';

/** The paginator's labels in the language in use. */
@Injectable()
export class PaginatorTexts extends MatPaginatorIntl {
  readonly #t = injectTranslate();
  readonly #format = inject(Format);

  constructor() {
    super();
    effect(() => {
      this.itemsPerPageLabel = this.#t('paginator.itemsPerPage');
      this.nextPageLabel = this.#t('paginator.next');
      this.previousPageLabel = this.#t('paginator.previous');
      this.firstPageLabel = this.#t('paginator.first');
      this.lastPageLabel = this.#t('paginator.last');
      this.changes.next();
    });
  }

  override getRangeLabel = (page: number, pageSize: number, total: number): string => {
    if (total === 0) {
      return this.#t('paginator.empty');
    }
    const from = page * pageSize;
    return this.#t('paginator.range', {
      from: this.#format.number(from + 1),
      to: this.#format.number(Math.min(from + pageSize, total)),
      total: this.#format.number(total),
    });
  };
}
