import type { Routes } from '@angular/router';

const DIALOGS: readonly (() => Promise<unknown>)[] = [
  () => import('./pages/sessions/new-session-dialog'),
  () => import('./pages/sessions/rename-session-dialog'),
  () => import('./pages/sessions/delete-session-dialog'),
  () => import('./pages/tasks/approval/reject-task-dialog'),
];

/**
 * Loads the code of every page and then of every dialog, so that each opens at once, and also while the server is away;
 * what cannot be loaded now is loaded when it is opened. The router's own preloading is several times as large.
 */
export async function preloadPages(routes: Routes): Promise<void> {
  await Promise.allSettled(routes.map(async (page) => page.loadComponent?.()));
  await Promise.allSettled(DIALOGS.map((load) => load()));
}
