import type { Routes } from '@angular/router';
import type { TextKey } from './platform/i18n/dictionary';
import type { PageData } from './platform/page-data';

/**
 * Each page is a separate chunk. A route's `title` is the key of the page's name. Its `data` says whether the
 * navigation lists the page, and which toasts it shows. Navigation, document titles and preloading follow
 * from this list.
 */
export const routes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    title: 'titles.home' satisfies TextKey,
    data: { icon: 'home' } satisfies PageData,
    loadComponent: () => import('./pages/home/home-page').then(({ HomePage }) => HomePage),
  },
  {
    path: 'sessions',
    title: 'titles.sessions' satisfies TextKey,
    data: { icon: 'sessions' } satisfies PageData,
    loadComponent: () => import('./pages/sessions/sessions-page').then(({ SessionsPage }) => SessionsPage),
  },
  {
    path: 'workspace/:sessionId',
    title: 'titles.workspace' satisfies TextKey,
    data: { tellsTasks: 'own' } satisfies PageData,
    loadComponent: () =>
      import('./pages/workspace/workspace-page').then(({ WorkspacePage }) => WorkspacePage),
  },
  {
    path: 'tasks',
    title: 'titles.tasks' satisfies TextKey,
    data: { icon: 'tasks', tellsTasks: 'all' } satisfies PageData,
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
