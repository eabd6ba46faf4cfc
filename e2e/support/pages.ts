/** A page of the main navigation, with the interface in Chinese. */
export interface ListedPage {
  readonly path: string;
  /** Its name in the navigation. */
  readonly name: string;
  readonly heading: string;
  /** File name of its picture. */
  readonly picture: string;
}

/** Every page of the main navigation, in its order, for the tests that look at all pages. */
export const PAGES: readonly ListedPage[] = [
  { path: '/', name: '首页', heading: '今天写点什么？', picture: 'home' },
  { path: '/sessions', name: '会话', heading: '会话', picture: 'sessions' },
  { path: '/tasks', name: '任务', heading: '任务', picture: 'tasks' },
];

/** Their paths. */
export const PATHS: readonly string[] = PAGES.map(({ path }) => path);
