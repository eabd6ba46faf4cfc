import type { ApplicationRef } from '@angular/core';
import type { Routes } from '@angular/router';

const DIALOGS: readonly (() => Promise<unknown>)[] = [
  () => import('./pages/sessions/new-session-dialog'),
  () => import('./pages/sessions/rename-session-dialog'),
  () => import('./pages/sessions/delete-session-dialog'),
  () => import('./pages/tasks/approval/reject-task-dialog'),
];

/**
 * Loads what the first view does without: at once what tells people by toasts, and once the view is there the code of every page
 * and then of every dialog, so that each opens at once, and also while the server is away. What cannot be loaded now is loaded
 * when it is needed. The router's own preloading is several times as large.
 */
export async function preload(app: ApplicationRef, routes: Routes): Promise<void> {
  const listener = import('./data/notifications/notifications').then(({ Notifications }) =>
    app.injector.get(Notifications),
  );
  await Promise.allSettled([listener, app.whenStable()]);
  await Promise.allSettled(routes.map(async (page) => page.loadComponent?.()));
  await Promise.allSettled(DIALOGS.map((load) => load()));
}
