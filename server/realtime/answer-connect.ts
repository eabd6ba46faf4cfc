import { randomUUID } from 'node:crypto';
import { CAPABILITIES, type ClientMessage, type Connected } from '@creative-autogpt/protocol';
import type { ServedClient } from './served-client';

type Connect = Extract<ClientMessage, { event: 'connect' }>;

/**
 * Agrees on what both know and, for a client that resumes, sends what it missed: until its end, nothing else is answered.
 *
 * @throws ServiceError `unauthenticated` where there is sign-in and the token is not valid.
 */
export async function answerConnect({ data }: Connect, client: ServedClient): Promise<void> {
  const { authentication, connection, feed, store } = client;
  const expiresAt = authentication?.accept(data?.token).expiresAt;
  const capabilities = CAPABILITIES.filter(
    (capability) =>
      data?.capabilities?.includes(capability) && (capability !== 'auth' || authentication !== undefined),
  );
  const agreed: Connected['data'] = {
    client_id: data?.client_id ?? randomUUID(),
    capabilities,
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
  };
  if (!capabilities.includes('resume')) {
    connection.agree(capabilities, { event: 'connected', data: agreed });
    return;
  }
  feed.hold();
  try {
    const { epoch, offset } = await store.journal.end();
    const from = data?.resume;
    const recovered = from !== undefined && (await store.journal.reachesBackTo(from));
    if (from !== undefined) {
      connection.metrics.clientResumed(recovered);
    }
    connection.agree(capabilities, {
      event: 'connected',
      data: { ...agreed, epoch, offset, recovered },
    });
    if (recovered) {
      await feed.replay(from.offset, offset);
    } else {
      feed.skipTo(offset);
    }
  } finally {
    await feed.release();
  }
}
