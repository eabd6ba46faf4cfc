import type { RealtimeMessage } from '@creative-autogpt/realtime';

/** What the server of a test calls a client that has no name yet. */
const CLIENT_ID = 'test-client';
/** The one uninterrupted history of the server of a test. */
const EPOCH = 'test-epoch';

/** Whether it is what the client says by itself, and a server answers by itself. */
export function isAutomatic({ event }: RealtimeMessage): boolean {
  return event === 'connect' || event === 'ping';
}

/** What a server would answer `connect` that knows every capability and has missed nothing. */
export function answerTo(greeting: RealtimeMessage): Readonly<Record<string, unknown>> {
  const { client_id: clientId = CLIENT_ID, capabilities = [], resume } = fieldsOf(greeting['data']);
  const agreed = { client_id: clientId, capabilities };
  if (!Array.isArray(capabilities) || !capabilities.includes('resume')) {
    return agreed;
  }
  const { epoch = EPOCH, offset = 0 } = fieldsOf(resume);
  return { ...agreed, epoch, offset, recovered: resume !== undefined };
}

/** The answer to `ping`, which carries back what it carried. */
export function pongTo({ data }: RealtimeMessage): RealtimeMessage {
  return data === undefined ? { event: 'pong' } : { event: 'pong', data };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
