import type { ApplicationRef } from '@angular/core';
import type { Routes } from '@angular/router';

const DIALOGS: readonly (() => Promise<unknown>)[] = [
  () => import('./pages/sessions/new-session-dialog'),
  () => import('./pages/sessions/rename-session-dialog'),
  () => import('./pages/sessions/delete-session-dialog'),
  () => import('./pages/tasks/approval/reject-task-dialog'),
];

/**
 * Loads code that the first view does without: at once the notifications; after the first view all pages,
 * then all dialogs. So each opens at once, also while the server is away. Code that cannot be loaded now is
 * loaded again when a page or a dialog needs it. The router's own preloading is several times as large.
 */
export async function preload(app: ApplicationRef, routes: Routes): Promise<void> {
  const listener = import('./data/notifications/notifications').then(({ Notifications }) =>
    app.injector.get(Notifications),
  );
  await Promise.allSettled([listener, app.whenStable()]);
  await Promise.allSettled(routes.map(async (page) => page.loadComponent?.()));
  await Promise.allSettled(DIALOGS.map((load) => load()));
}
