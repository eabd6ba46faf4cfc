import type { ActivatedRouteSnapshot, ViewTransitionInfo } from '@angular/router';

/** Fades only from page to page: what changes within one, such as the open task or a filter, changes at once. */
export function skipWithinPage({ transition, from, to }: ViewTransitionInfo): void {
  if (pageOf(from) === pageOf(to)) {
    transition.skipTransition();
  }
}

function pageOf(root: ActivatedRouteSnapshot): string | undefined {
  return root.firstChild?.routeConfig?.path;
}
