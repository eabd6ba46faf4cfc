import { randomUUID } from 'node:crypto';
import { type Connect, type Connected, CONNECTION_CAPABILITIES } from '@creative-autogpt/protocol/connection';
import type { AdmittedClient } from './admitted-client';
import type { Message, Transient } from './application';
import type { Metrics } from './monitoring';
import type { SocketAuthentication } from './socket-authentication';

/** What the server has for the handshake. */
export interface Handshake {
  /** Capabilities of the application. */
  readonly capabilities: readonly string[];
  readonly metrics: Metrics;
  /** Undefined where there is no sign-in. */
  readonly authentication: SocketAuthentication | undefined;
}

/**
 * Answers `connect`: agrees on what both know and, for a client that resumes, sends what it missed.
 *
 * @throws what the verifier throws, when the token is not valid
 */
export async function shakeHands<M extends Message, T extends Transient>(
  { data }: Connect,
  { connection, channel, feed }: AdmittedClient<M, T>,
  { capabilities, metrics, authentication }: Handshake,
): Promise<void> {
  const expiresAt = authentication?.accept(data?.token).expiresAt;
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
