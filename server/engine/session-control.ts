import type { Session } from '@creative-autogpt/protocol';

/**
 * The commands a person gives to a session. Each returns once the change is stored; the work itself goes on behind it.
 *
 * @throws ServiceError `unknown_session`, or `invalid_state` where the status of the session does not allow the command.
 */
export interface SessionControl {
  /** Plans a session that has no plan, then runs it from its first unfinished task. */
  start(sessionId: string): Session;
  /** Puts the running task back and waits for `resume`. */
  pause(sessionId: string): Session;
  resume(sessionId: string): Session;
  /** Ends a running or paused session; it can be started again. */
  stop(sessionId: string): Session;
  /** Stops the session if it runs, then forgets it. */
  delete(sessionId: string): void;
}
