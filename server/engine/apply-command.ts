import type { SessionCommand, SessionStatus } from '@creative-autogpt/protocol';
import type { Store } from '../store/store';
import { assertAllowed } from './allowed-commands';
import { putBackRunningTasks } from './put-back';

const STATUS_AFTER: Record<SessionCommand, SessionStatus> = {
  start: 'running',
  pause: 'paused',
  resume: 'running',
  stop: 'stopped',
};

/**
 * Stores what a command changes: the status of its session and, where that stops running, its task, which waits to be begun
 * again.
 *
 * @throws ServiceError `unknown_session`, or `invalid_state` where the status does not allow the command.
 */
export function applyCommand(store: Store, command: SessionCommand, sessionId: string): void {
  assertAllowed(command, store.findSession(sessionId));
  const status = STATUS_AFTER[command];
  if (status !== 'running') {
    putBackRunningTasks(store, sessionId);
  }
  store.setSessionStatus(sessionId, status);
}
