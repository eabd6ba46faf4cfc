import type { IconName } from './theme/icons';

/** What a route says about its page, in `data`. */
export interface PageData {
  /** Picture of the page in the main navigation. @default it is not listed there */
  readonly icon?: IconName;
  /**
   * Of which tasks toasts tell while the page is open: those of all sessions, or those of the session that its parameter
   * `sessionId` names. @default none
   */
  readonly tellsTasks?: 'all' | 'own';
}
