import type { SessionCommand, SessionStatus } from '@creative-autogpt/protocol';
import { ServiceError } from './service-error';
import type { Work } from './work';

const ALLOWED_IN: Record<SessionCommand, readonly SessionStatus[]> = {
  start: ['created', 'stopped', 'failed'],
  pause: ['running'],
  resume: ['paused'],
  stop: ['running', 'paused'],
};

/**
 * A completed session may be started to have its damaged tasks written anew.
 *
 * @throws ServiceError `invalid_state` where the status of the session does not allow the command.
 */
export function assertAllowed(
  command: SessionCommand,
  { session, tasks }: Pick<Work, 'session' | 'tasks'>,
): void {
  const allowed = ALLOWED_IN[command];
  const isToBeMended =
    command === 'start' && session.status === 'completed' && tasks.some(({ damaged }) => damaged === true);
  if (!isToBeMended && !allowed.includes(session.status)) {
    throw new ServiceError(
      'invalid_state',
      `A session that is ${session.status} does not take "${command}": it must be ${allowed.join(' or ')}.`,
    );
  }
}
