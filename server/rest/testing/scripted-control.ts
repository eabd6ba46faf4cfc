import type { Session, SessionStatus } from '@creative-autogpt/protocol';
import type { SessionControl } from '../../engine/session-control';
import { ServiceError } from '../../service-error';
import type { Store } from '../../store/store';

/** Commands that only set the status of a session; one that has that status already refuses. */
export class ScriptedControl implements SessionControl {
  constructor(private readonly store: Store) {}

  start(sessionId: string): Session {
    return this.#become(sessionId, 'running');
  }

  pause(sessionId: string): Session {
    return this.#become(sessionId, 'paused');
  }

  resume(sessionId: string): Session {
    return this.#become(sessionId, 'running');
  }

  stop(sessionId: string): Session {
    return this.#become(sessionId, 'stopped');
  }

  delete(sessionId: string): void {
    this.store.deleteSession(sessionId);
  }

  #become(sessionId: string, status: SessionStatus): Session {
    if (this.store.findSession(sessionId).status === status) {
      throw new ServiceError('invalid_state', `The session is ${status} already.`);
    }
    return this.store.setSessionStatus(sessionId, status);
  }
}
