import { getHeapStatistics } from 'node:v8';
import type { Health } from '@creative-autogpt/protocol';
import type { FastifyBaseLogger } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import { ServiceError } from '../domain/service-error';
import { sharedAnswer } from '../http/shared-answer';
import type { DamagedCount } from '../ports/store';

/** Time (ms) for which one proof that the store can be written to serves all who ask. */
const PROOF_LASTS_MS = 2000;

/** Share of the heap that may be in use before memory counts as low. */
const LOW_MEMORY_SHARE = 0.9;

/** Where health is read from. */
export interface HealthParts {
  /** Why the store cannot be written to; undefined where it can. */
  readonly storeFailure: string | undefined;
  readonly isGoingAway: boolean;
  /** Records that cannot be read. */
  readonly damagedRecords: DamagedCount;
  /** What is wrong with the store or the sign-in although the server goes on. */
  readonly warnings: readonly string[];
  /** Name of the author. */
  readonly provider: string;
}

/**
 * Says why the store cannot be written to: with words for its clients where the store has them, and all of it
 * to the log. However many ask, it is tried once in two seconds.
 *
 * @param check proves that the store can be written to, and rejects where it cannot
 */
export function watchStore(
  check: () => Promise<void>,
  log: FastifyBaseLogger,
): () => Promise<string | undefined> {
  return sharedAnswer(PROOF_LASTS_MS, () => failureOf(check, log));
}

async function failureOf(check: () => Promise<void>, log: FastifyBaseLogger): Promise<string | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    log.error({ err: error }, 'the store cannot be written to');
    return error instanceof ServiceError
      ? error.message
      : 'The store cannot be written to; the log says why.';
  }
}

/**
 * Whether the server can do its work, and what is wrong where it cannot. Reasons with paths in them are for
 * the log alone.
 */
export function checkHealth({
  storeFailure,
  isGoingAway,
  damagedRecords,
  warnings,
  provider,
}: HealthParts): Health {
  const isStoreWell = storeFailure === undefined;
  const isMemoryWell = isMemoryEnough();
  const details = [
    ...(isGoingAway ? ['The server is going away.'] : []),
    ...(isStoreWell ? [] : [storeFailure]),
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

function isMemoryEnough(): boolean {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size < heap_size_limit * LOW_MEMORY_SHARE;
}
