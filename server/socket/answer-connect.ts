import { randomUUID } from 'node:crypto';
import { CAPABILITIES, type ClientMessage, type Connected } from '@creative-autogpt/protocol';
import type { Log } from '../engine/log';
import type { Journal } from '../store/journal/journal';
import type { ServedClient } from './served-client';

/** Agrees on what both know, and begins the replay for a client that resumes: until its end, nothing else is answered. */
export function answerConnect(
  { data }: Extract<ClientMessage, { event: 'connect' }>,
  client: ServedClient,
  { journal, log }: { readonly journal: Journal; readonly log: Log },
): void {
  const capabilities = CAPABILITIES.filter((capability) => data?.capabilities?.includes(capability));
  const agreed: Connected['data'] = { client_id: data?.client_id ?? randomUUID(), capabilities };
  if (!capabilities.includes('resume')) {
    client.connection.agree(capabilities, { event: 'connected', data: agreed });
    return;
  }
  const { epoch, offset } = journal.end;
  const from = data?.resume;
  const recovered = from !== undefined && journal.reachesBackTo(from);
  client.connection.agree(capabilities, {
    event: 'connected',
    data: { ...agreed, epoch, offset, recovered },
  });
  if (recovered) {
    void replay(client, from.offset, offset, log);
  } else {
    client.feed.goOnAfter(offset);
  }
}

async function replay(
  { connection, feed, inbox }: ServedClient,
  from: number,
  to: number,
  log: Log,
): Promise<void> {
  inbox.hold();
  try {
    await feed.replay(from, to);
    inbox.release();
  } catch (error) {
    log.error({ err: error }, 'a client could not be told what it missed');
    connection.closeFailed();
  }
}
