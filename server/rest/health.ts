import { getHeapStatistics } from 'node:v8';
import type { Health } from '@creative-autogpt/protocol';
import type { FastifyBaseLogger } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { DamagedCount } from '../ports/store';

/** Share of the heap that may be in use before memory counts as low. */
const LOW_MEMORY_SHARE = 0.9;

/** Where health is read from. */
export interface HealthParts {
  /** Proves that the store can be written to. @throws Error that says why it cannot */
  readonly checkStore: () => void | Promise<void>;
  readonly isGoingAway: boolean;
  /** Records that cannot be read. */
  readonly damagedRecords: DamagedCount;
  /** What is wrong with the store or the sign-in although the server goes on. */
  readonly warnings: readonly string[];
  /** Name of the author. */
  readonly provider: string;
  readonly log: FastifyBaseLogger;
}

/**
 * Whether the server can do its work, and what is wrong where it cannot. Reasons with paths in them are for
 * the log alone.
 */
export async function checkHealth({
  checkStore,
  isGoingAway,
  damagedRecords,
  warnings,
  provider,
  log,
}: HealthParts): Promise<Health> {
  const isStoreWell = await succeeds(checkStore, log);
  const isMemoryWell = isMemoryEnough();
  const details = [
    ...(isGoingAway ? ['The server is going away.'] : []),
    ...(isStoreWell ? [] : ['The store cannot be written to; the log says why.']),
    ...(isMemoryWell ? [] : ['There is little memory left.']),
    ...(damagedRecords.sessions === 0
      ? []
      : [`Sessions that are damaged: ${damagedRecords.sessions}. Delete them; the log names them.`]),
    ...(damagedRecords.tasks === 0
      ? []
      : [
          `Tasks that are damaged: ${damagedRecords.tasks}. Start their sessions, which the log names, to have them written anew.`,
        ]),
    ...warnings,
  ];
  const isSound = damagedRecords.sessions + damagedRecords.tasks === 0;
  const isWell = isMemoryWell && isSound && warnings.length === 0;
  return {
    status: isGoingAway || !isStoreWell ? 'unavailable' : isWell ? 'healthy' : 'degraded',
    version: packageJson.version,
    llm_providers: [provider],
    storage_status: isStoreWell ? (isSound ? 'ok' : 'damaged') : 'failing',
    memory_status: isMemoryWell ? 'ok' : 'low',
    ...(details.length > 0 && { detail: details.join(' ') }),
  };
}

async function succeeds(check: () => void | Promise<void>, log: FastifyBaseLogger): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    log.error({ err: error }, 'the store cannot be written to');
    return false;
  }
}

function isMemoryEnough(): boolean {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size < heap_size_limit * LOW_MEMORY_SHARE;
}
