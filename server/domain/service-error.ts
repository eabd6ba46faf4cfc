import type { ErrorCode } from '@creative-autogpt/protocol';

/**
 * A request that cannot be done, for a reason that its sender can understand. REST and WebSocket each map
 * `code`.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The record of a session cannot be read: nothing can be done with it but delete it. */
export class DamagedSession extends ServiceError {
  constructor(sessionId: string) {
    super(
      'invalid_state',
      `The stored record of session ${sessionId} is damaged: delete the session, or restore a backup.`,
    );
  }
}

/** What the owner has stored must not grow any more. */
export function noRoom(): ServiceError {
  return new ServiceError(
    'limit_reached',
    'As much is stored as one owner may have: delete sessions that are not needed any more, then try again.',
  );
}

export function unknownSession(sessionId: string): ServiceError {
  return new ServiceError('unknown_session', `There is no session ${sessionId}.`);
}

export function unknownTask(taskId: string): ServiceError {
  return new ServiceError('unknown_task', `There is no task ${taskId}.`);
}
