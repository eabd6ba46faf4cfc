import type { Decision, SessionCommand, SessionStatus } from '@creative-autogpt/protocol';
import { ServiceError } from './service-error';
import type { Work } from './work';
import { assertAllowed } from './allowed-commands';
import { planTasks } from './plan';

/** What a person asks of a session. */
export type Steering =
  | { readonly event: SessionCommand }
  | { readonly event: 'approve'; readonly taskId: string; readonly decision: Decision }
  | { readonly event: 'feedback'; readonly message: string; readonly taskId: string | null };

const STATUS_AFTER: Record<SessionCommand, SessionStatus> = {
  start: 'running',
  pause: 'paused',
  resume: 'running',
  stop: 'stopped',
};

/**
 * Changes a session as it was asked to: its status, its feedback and, where it stops running, its task, which waits to be
 * begun again.
 *
 * @throws ServiceError `invalid_state` where a status does not allow it, `unknown_task`.
 */
export function steer(work: Work, steering: Steering): void {
  switch (steering.event) {
    case 'start':
    case 'resume':
      assertAllowed(steering.event, work);
      work.setStatus(STATUS_AFTER[steering.event]);
      work.renewDamaged(planTasks(work.session));
      work.relaunch();
      return;
    case 'pause':
    case 'stop':
      assertAllowed(steering.event, work);
      halt(work, STATUS_AFTER[steering.event]);
      return;
    case 'approve':
      decide(work, steering.taskId, steering.decision);
      return;
    case 'feedback':
      if (work.session.status === 'completed') {
        throw new ServiceError('invalid_state', 'The session is completed: nothing is written any more.');
      }
      work.giveFeedback(steering.message, steering.taskId);
  }
}

function halt(work: Work, status: SessionStatus): void {
  work.putBackRunning();
  work.setStatus(status);
  work.endRun();
}

function decide(work: Work, taskId: string, decision: Decision): void {
  work.decide(taskId, decision);
  if (work.session.status !== 'running') {
    return;
  }
  if (decision.action === 'reject') {
    halt(work, 'paused');
  } else {
    work.relaunch();
  }
}
