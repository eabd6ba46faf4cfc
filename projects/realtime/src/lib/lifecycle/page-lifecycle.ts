import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { merge, tap } from 'rxjs';
import { Connection } from '../connection/connection';
import { PageEvents } from './page-events';

/**
 * Lets the connection follow the page for as long as the calling injector lives: at once when there is reason
 * to try, and not at all while the page is away.
 */
export function followPage(): void {
  const connection = inject(Connection);
  const page = inject(PageEvents);
  merge(
    page.wakes.pipe(tap(() => connection.wake())),
    page.hides.pipe(tap(() => connection.suspend())),
    page.returns.pipe(tap(() => connection.restore())),
  )
    .pipe(takeUntilDestroyed())
    .subscribe();
}
