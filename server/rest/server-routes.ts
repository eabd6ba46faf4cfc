import { Health, Overview } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { checkHealth, watchStore } from './health';
import { STATUS } from '../http/error-replies';
import { answerPositioned, restCall, type RestParts, restRead } from './rest-call';

/** `GET /health` and `GET /overview`: the server as a whole. */
export function addServerRoutes(app: FastifyInstance, { stores, author, signIn }: RestParts): void {
  const healthCall = restCall('Whether the server can do its work, and why not.', Health, {
    unavailable: 'It cannot: `status` is `unavailable`, and `detail` says why.',
  });
  const storeFailure = watchStore(() => stores.check(), app.log);
  app.get(
    '/health',
    { config: { ...healthCall, isOpen: true } },
    async (_request, reply): Promise<Health> => {
      const health = checkHealth({
        storeFailure: await storeFailure(),
        isGoingAway: app.isGoingAway,
        damagedRecords: stores.damagedRecords,
        warnings: [...stores.warnings, ...(signIn?.warnings ?? [])],
        provider: author.provider,
      });
      reply
        .code(health.status === 'unavailable' ? STATUS.unavailable : 200)
        .header('cache-control', 'no-store');
      return health;
    },
  );

  const counts = 'Sessions and tasks counted by status, and the characters written.';
  app.get('/overview', { config: restRead(counts, Overview) }, ({ owner }, reply): Promise<Overview> =>
    answerPositioned(reply, stores.of(owner).positioned.overview()),
  );
}
