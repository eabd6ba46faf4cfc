import type { RealtimeMessage } from '@creative-autogpt/realtime';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Names of fields whose text is never recorded: `token`, `accessToken`, `refresh_token`, `password`… */
const SECRET = /(token|secret|password|passwd|authorization|api[-_]?key|credentials?)$/i;

/**
 * A copy of the message without secrets. What the application does to the message later does not change the
 * copy.
 */
export function redactSecrets(message: RealtimeMessage): RealtimeMessage {
  return { ...copyFields(message), event: message.event };
}

function copyFields(fields: object): Record<string, unknown> {
  // Nobody can see what is in compressed data, be it that of a message or of one in a batch.
  const isUnseen = 'encoding' in fields && typeof fields.encoding === 'string';
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]: [string, unknown]) => {
      const isSecret = SECRET.test(name) || (isUnseen && name === 'data');
      return [name, isSecret && typeof value === 'string' ? REDACTED : copy(value)];
    }),
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
