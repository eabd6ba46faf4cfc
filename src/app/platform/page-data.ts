import type { IconName } from './theme/icons';

/** What a route says about its page, in `data`. */
export interface PageData {
  /** Picture of the page in the main navigation. @default it is not listed there */
  readonly icon?: IconName;
  /**
   * Tasks that toasts tell about while the page is open: those of all sessions, or those of the session in
   * the route's parameter `sessionId`. @default none
   */
  readonly tellsTasks?: 'all' | 'own';
}
