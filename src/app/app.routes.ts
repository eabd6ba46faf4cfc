import type { Routes } from '@angular/router';
import type { TextKey } from './platform/i18n/dictionary';

/** Every page is a chunk of its own; a route's `title` is the key of its name. */
export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'titles.home' satisfies TextKey,
    loadComponent: () => import('./pages/home/home-page').then(({ HomePage }) => HomePage),
  },
  {
    path: 'sessions',
    title: 'titles.sessions' satisfies TextKey,
    loadComponent: () => import('./pages/sessions/sessions-page').then(({ SessionsPage }) => SessionsPage),
  },
  {
    path: 'workspace/:sessionId',
    title: 'titles.workspace' satisfies TextKey,
    loadComponent: () =>
      import('./pages/workspace/workspace-page').then(({ WorkspacePage }) => WorkspacePage),
  },
  {
    path: 'tasks',
    title: 'titles.tasks' satisfies TextKey,
    loadComponent: () => import('./pages/tasks/tasks-page').then(({ TasksPage }) => TasksPage),
    children: [
      {
        path: ':taskId',
        loadComponent: () => import('./pages/tasks/task-details').then(({ TaskDetails }) => TaskDetails),
      },
    ],
  },
  {
    path: 'sign-in',
    title: 'titles.signIn' satisfies TextKey,
    loadComponent: () => import('./pages/sign-in/sign-in-page').then(({ SignInPage }) => SignInPage),
  },
  {
    path: '**',
    title: 'titles.notFound' satisfies TextKey,
    loadComponent: () => import('./pages/not-found-page').then(({ NotFoundPage }) => NotFoundPage),
  },
];
