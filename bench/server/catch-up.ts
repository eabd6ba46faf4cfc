import { isDeepStrictEqual } from 'node:util';
import type { StreamPosition } from '@creative-autogpt/protocol';
import { machineTime } from './machine-clock';
import { reload } from './reload';
import { resume } from './resume';
import type { RunningOwnServer } from './stage';
import { EVENTS_PER_CHANGE } from './store-changes';

export const MISSED = 10_000;
export const SESSIONS = 250;
/** It is begun, and put back. */
const CHANGES_PER_TASK = 2;

/** Times (ms) until a client has the state of the server. */
export interface CatchUp {
  readonly resumed: number;
  readonly reloaded: number;
}

/**
 * Has the server begin each of its tasks and put it back while a client is away. @returns where the client
 * was before
 */
export async function missEvents({ port, process }: RunningOwnServer): Promise<StreamPosition> {
  const changes = MISSED / EVENTS_PER_CHANGE;
  await process.call('plan', SESSIONS, changes / CHANGES_PER_TASK / SESSIONS);
  const { position } = await resume(port);
  await process.call('changes', changes);
  return position;
}

/** Brings a client up to date in either way, after which it must have the same tasks. */
export async function measureCatchUp({ port }: RunningOwnServer, from: StreamPosition): Promise<CatchUp> {
  const began = machineTime();
  const resumed = await resume(port, from);
  const then = machineTime();
  const reloaded = await reload(port);
  const ended = machineTime();
  if (resumed.events !== MISSED || !isDeepStrictEqual(resumed.tasks, reloaded)) {
    throw new Error(
      `A client that resumed has other tasks than one that loaded them, or not ${MISSED} events.`,
    );
  }
  return { resumed: then - began, reloaded: ended - then };
}
