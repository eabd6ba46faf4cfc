import { getHeapStatistics } from 'node:v8';
import type { Health, Overview } from '@creative-autogpt/protocol';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };
import type { Stores } from '../store/store';
import type { RestParts } from './rest-parts';

/** Share of the heap that may be in use before memory counts as low. */
const LOW_MEMORY_SHARE = 0.9;

/** `GET /health` and `GET /overview`: the server as a whole. */
export function addServerRoutes(app: FastifyInstance, { stores, author }: RestParts): void {
  app.get('/health', async ({ log }): Promise<Health> => {
    const storage = await storageStatus(stores, log);
    const memory = memoryStatus();
    return {
      status: storage === 'ok' && memory === 'ok' ? 'healthy' : 'degraded',
      version: packageJson.version,
      llm_providers: [author.provider],
      storage_status: storage,
      memory_status: memory,
    };
  });

  app.get('/overview', ({ owner }): Promise<Overview> => stores.of(owner).overview());
}

async function storageStatus(stores: Stores, log: FastifyBaseLogger): Promise<'ok' | 'failing'> {
  try {
    await stores.check();
    return 'ok';
  } catch (error) {
    log.error({ err: error }, 'the store cannot be written to');
    return 'failing';
  }
}

function memoryStatus(): 'ok' | 'low' {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size < heap_size_limit * LOW_MEMORY_SHARE ? 'ok' : 'low';
}
