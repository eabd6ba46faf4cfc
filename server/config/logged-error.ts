import { type SerializedError, stdSerializers } from 'pino';

/**
 * What the Redis client and Node's parser of requests add to an error: what was sent, which may be a password,
 * a token or what somebody wrote.
 */
const SENT = ['command', 'previousErrors', 'rawPacket'];

/** An error as the log has it, with its causes, but without what was sent when it happened. */
export function loggedError(error: Error): object {
  return withoutSent(stdSerializers.err(error));
}

function withoutSent(serialized: unknown): object {
  return Object.fromEntries(
    Object.entries(serialized ?? {})
      .filter(([name]) => !SENT.includes(name))
      .map(([name, value]: [string, unknown]) => [name, innerWithoutSent(value)]),
  );
}

/** Errors may have others in them, serialized as they are; anything else stays what it is. */
function innerWithoutSent(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(innerWithoutSent);
  }
  return isSerializedError(value) ? withoutSent(value) : value;
}

function isSerializedError(value: unknown): value is SerializedError {
  return typeof value === 'object' && value !== null && 'type' in value && 'stack' in value;
}
