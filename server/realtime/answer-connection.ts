import { randomUUID } from 'node:crypto';
import {
  type Connect,
  type Connected,
  CONNECTION_CAPABILITIES,
  type ConnectionMessage,
} from '@creative-autogpt/protocol/connection';
import type { AdmittedClient } from './admitted-client';
import { type Answer, type Message, RefusalError, type Transient } from './application';
import type { Metrics } from './monitoring';
import type { SocketAuthentication } from './socket-authentication';

/** What messages to the connection are answered from. */
export interface ConnectionParts {
  /** Capabilities of the application. */
  readonly capabilities: readonly string[];
  readonly metrics: Metrics;
  /** Undefined where there is no sign-in. */
  readonly authentication: SocketAuthentication | undefined;
}

const DONE: Answer = { ok: true };

/**
 * Answers a message that is for the connection itself.
 *
 * @throws RefusalError, or what the verifier throws, when the message cannot be followed
 */
export async function answerConnection<M extends Message, T extends Transient>(
  message: ConnectionMessage,
  client: AdmittedClient<M, T>,
  parts: ConnectionParts,
): Promise<Answer> {
  switch (message.event) {
    case 'connect':
      await connect(message, client, parts);
      return DONE;
    case 'authenticate': {
      if (parts.authentication === undefined) {
        throw new RefusalError('unknown_event', 'This server does not know the event "authenticate".');
      }
      const { expiresAt } = await parts.authentication.accept(message.data.token);
      client.send({ event: 'authenticated', data: { expires_at: expiresAt } });
      return DONE;
    }
    case 'ping': {
      const ts = client.has('round-trip') ? message.data?.ts : undefined;
      client.send({ event: 'pong', ...(ts !== undefined && { data: { ts } }) });
      return DONE;
    }
  }
}

/** Agrees on what both sides know and, for a client that resumes, sends what it missed. */
async function connect<M extends Message, T extends Transient>(
  { data }: Connect,
  { connection, channel, feed }: AdmittedClient<M, T>,
  { capabilities, metrics, authentication }: ConnectionParts,
): Promise<void> {
  const verified = await authentication?.accept(data?.token);
  const expiresAt = verified?.expiresAt;
  const known = [...capabilities, ...CONNECTION_CAPABILITIES];
  const agreed = known.filter(
    (capability) =>
      data?.capabilities?.includes(capability) && (capability !== 'auth' || authentication !== undefined),
  );
  const answer: Connected['data'] = {
    client_id: data?.client_id ?? randomUUID(),
    capabilities: agreed,
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
  };
  if (!agreed.includes('resume')) {
    connection.agree(agreed, { event: 'connected', data: answer });
    return;
  }
  feed.hold();
  try {
    const { journal } = channel;
    const { epoch, offset } = await journal.end();
    const from = data?.resume;
    const recovered = from !== undefined && (await journal.reachesBackTo(from));
    if (from !== undefined) {
      metrics.clientResumed(recovered);
    }
    connection.agree(agreed, { event: 'connected', data: { ...answer, epoch, offset, recovered } });
    if (recovered) {
      await feed.replay(from.offset, offset);
    } else {
      feed.skipTo(offset);
    }
  } finally {
    await feed.release();
  }
}
