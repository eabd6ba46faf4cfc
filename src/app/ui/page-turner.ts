import { effect, inject, type Signal } from '@angular/core';
import { Router } from '@angular/router';

/** What a list says of its pages: a view of `withLivePages()`. */
export interface PagedList {
  /** Things on all pages. */
  readonly total: () => number;
  /** What is open; its page is from 1. */
  readonly query: () => { readonly page: number } | null;
  readonly load: () => { readonly status: string } | null;
}

/**
 * Turns to a page of the calling component's list, which the address keeps in `?page=`. An address beyond the
 * end of the list becomes that of its last page.
 */
export function injectPageTurner(
  list: PagedList,
  asked: Signal<number>,
  pageSize: number,
): (page: number) => void {
  const router = inject(Router);
  const turn = (page: number, replaceUrl: boolean): void => {
    void router.navigate([], {
      queryParams: { page: page === 1 ? null : page },
      queryParamsHandling: 'merge',
      replaceUrl,
    });
  };
  effect(() => {
    const last = Math.ceil(list.total() / pageSize);
    if (last > 0 && list.load()?.status !== 'loading' && list.query()?.page === asked() && asked() > last) {
      // Going back must not lead to the page that does not exist.
      turn(last, true);
    }
  });
  return (page) => {
    turn(page, false);
  };
}

/** A page number from a query parameter: whole and at least 1, else 1. */
export function toPage(parameter: string | undefined): number {
  const page = Number(parameter);
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}

/** One of a list of choices from a query parameter; null when it is none of them. */
export function toChoice<T extends string>(
  choices: readonly T[],
): (parameter: string | undefined) => T | null {
  return (parameter) => choices.find((choice) => choice === parameter) ?? null;
}
