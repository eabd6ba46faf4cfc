import type { RealtimeMessage } from '@creative-autogpt/realtime';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Names of fields whose text is never recorded: `token`, `accessToken`, `refresh_token`, `password`… */
const SECRET = /(token|secret|password|passwd|authorization|api[-_]?key|credentials?)$/i;

/** A copy of the message without secrets. What the application does to the message later does not change the copy. */
export function redactSecrets(message: RealtimeMessage): RealtimeMessage {
  const { event, encoding, data } = message;
  // Nobody can see what is in compressed data.
  const unseen = typeof encoding === 'string' && typeof data === 'string' ? { data: REDACTED } : {};
  return { ...copyFields(message), ...unseen, event };
}

function copyFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && SECRET.test(name) ? REDACTED : copy(value),
    ]),
  );
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'bigint' ? value.toString() : value;
  }
  if (Array.isArray(value)) {
    return value.map(copy);
  }
  return ArrayBuffer.isView(value) ? `[${value.byteLength} bytes]` : copyFields(value);
}
