import type { Health, Overview } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { answerPositioned } from './answer-positioned';
import { checkHealth } from './health';
import type { RestParts } from './rest-parts';

/** `GET /health` and `GET /overview`: the server as a whole. */
export function addServerRoutes(app: FastifyInstance, { stores, author }: RestParts): void {
  app.get('/health', async ({ log }, reply): Promise<Health> => {
    const health = await checkHealth({
      checkStore: () => stores.check(),
      isGoingAway: app.isGoingAway,
      damagedRecords: stores.damagedRecords,
      provider: author.provider,
      log,
    });
    reply.code(health.status === 'unavailable' ? 503 : 200).header('cache-control', 'no-store');
    return health;
  });

  app.get('/overview', ({ owner }, reply): Promise<Overview> =>
    answerPositioned(reply, stores.of(owner).positioned.overview()),
  );
}
