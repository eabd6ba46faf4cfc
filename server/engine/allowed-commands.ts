import type { Session, SessionCommand, SessionStatus } from '@creative-autogpt/protocol';
import { ServiceError } from '../service-error';

const ALLOWED_IN: Record<SessionCommand, readonly SessionStatus[]> = {
  start: ['created', 'stopped', 'failed'],
  pause: ['running'],
  resume: ['paused'],
  stop: ['running', 'paused'],
};

/** @throws ServiceError `invalid_state` where the status of the session does not allow the command. */
export function assertAllowed(command: SessionCommand, session: Session): void {
  const allowed = ALLOWED_IN[command];
  if (!allowed.includes(session.status)) {
    throw new ServiceError(
      'invalid_state',
      `A session that is ${session.status} does not take "${command}": it must be ${allowed.join(' or ')}.`,
    );
  }
}
