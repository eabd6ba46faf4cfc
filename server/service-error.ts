import type { ErrorCode } from '@creative-autogpt/protocol';

/** A request that cannot be done, for a reason that its sender can understand. REST and WebSocket each map `code`. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}
