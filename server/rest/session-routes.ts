import {
  CreateSession,
  RenameSession,
  type Progress,
  type Session,
  type SessionPage,
  SessionsQuery,
  type Task,
} from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { SessionPath } from './paths';
import type { RestParts } from './rest-parts';
import type { ValibotTypeProvider } from './valibot-validation';

/** Sessions as documents: made, listed, read, renamed. */
export function addSessionRoutes(app: FastifyInstance, { store }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.post('/sessions', { schema: { body: CreateSession } }, ({ body }, reply): Session => {
    reply.code(201);
    return store.createSession({ title: body.title, mode: body.mode, goal: body.goal, config: body.config });
  });

  routes.get('/sessions', { schema: { querystring: SessionsQuery } }, ({ query }): SessionPage => {
    const { page, page_size: pageSize, status_filter: status } = query;
    const { items, total } = store.listSessions({ page, pageSize, ...(status && { status }) });
    return { items: [...items], total, page, page_size: pageSize };
  });

  routes.get('/sessions/:id', { schema: { params: SessionPath } }, ({ params }): Session =>
    store.findSession(params.id),
  );

  routes.patch(
    '/sessions/:id',
    { schema: { params: SessionPath, body: RenameSession } },
    ({ params, body }): Session => store.renameSession(params.id, body.title),
  );

  routes.get('/sessions/:id/progress', { schema: { params: SessionPath } }, ({ params }): Progress =>
    store.progressOf(params.id),
  );

  routes.get('/sessions/:id/tasks', { schema: { params: SessionPath } }, ({ params }): readonly Task[] =>
    store.tasksOf(params.id),
  );
}
