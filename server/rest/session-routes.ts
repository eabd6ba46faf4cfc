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
import { answerPositioned } from './answer-positioned';
import { SessionPath } from './paths';
import type { RestParts } from './rest-parts';
import type { ValibotTypeProvider } from '../http/valibot-validation';

/** Sessions as documents: made, listed, read, renamed. */
export function addSessionRoutes(app: FastifyInstance, { stores }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.post(
    '/sessions',
    { schema: { body: CreateSession } },
    async ({ body, owner }, reply): Promise<Session> => {
      const { title, mode, goal, config } = body;
      const session = await stores.of(owner).createSession({ title, mode, goal, config });
      reply.code(201);
      return session;
    },
  );

  routes.get(
    '/sessions',
    { schema: { querystring: SessionsQuery } },
    async ({ query, owner }, reply): Promise<SessionPage> => {
      const { page, page_size: pageSize, status_filter: status } = query;
      const { items, total } = await answerPositioned(
        reply,
        stores.of(owner).positioned.listSessions({ page, pageSize, ...(status && { status }) }),
      );
      return { items: [...items], total, page, page_size: pageSize };
    },
  );

  routes.get(
    '/sessions/:id',
    { schema: { params: SessionPath } },
    ({ params, owner }, reply): Promise<Session> =>
      answerPositioned(reply, stores.of(owner).positioned.findSession(params.id)),
  );

  routes.patch(
    '/sessions/:id',
    { schema: { params: SessionPath, body: RenameSession } },
    ({ params, body, owner }): Promise<Session> =>
      stores.of(owner).change(params.id, (work) => work.rename(body.title)),
  );

  routes.get(
    '/sessions/:id/progress',
    { schema: { params: SessionPath } },
    ({ params, owner }, reply): Promise<Progress> =>
      answerPositioned(reply, stores.of(owner).positioned.progressOf(params.id)),
  );

  routes.get(
    '/sessions/:id/tasks',
    { schema: { params: SessionPath } },
    ({ params, owner }, reply): Promise<readonly Task[]> =>
      answerPositioned(reply, stores.of(owner).positioned.tasksOf(params.id)),
  );
}
