import {
  CreateSession,
  RenameSession,
  Progress,
  Session,
  SessionPage,
  SessionsQuery,
  Task,
} from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import {
  answerPositioned,
  BAD_FIELD,
  NO_ROOM,
  NO_SESSION,
  restCall,
  type RestParts,
  restRead,
  sendWork,
  SessionPath,
} from './rest-call';
import type { WorkForm } from '../ports/store';
import type { ValibotTypeProvider } from '../http/valibot-validation';

/** The tasks of a session as JSON. */
const TASKS_FORM: WorkForm = {
  name: 'tasks',
  *pieces(_session, tasks) {
    yield '[';
    for (const [index, task] of tasks.entries()) {
      yield `${index === 0 ? '' : ','}${JSON.stringify(task)}`;
    }
    yield ']';
  },
};

/** Sessions as documents: made, listed, read, renamed. */
export function addSessionRoutes(app: FastifyInstance, { stores }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.post(
    '/sessions',
    {
      schema: { body: CreateSession },
      config: {
        call: {
          summary: 'Makes a session.',
          answer: Session,
          status: 201,
          refusals: { ...BAD_FIELD, ...NO_ROOM },
        },
      },
    },
    async ({ body, owner }, reply): Promise<Session> => {
      const { title, mode, goal, config } = body;
      const session = await stores.of(owner).createSession({ title, mode, goal, config });
      reply.code(201);
      return session;
    },
  );

  routes.get(
    '/sessions',
    {
      schema: { querystring: SessionsQuery },
      config: restRead('A page of the sessions, newest first.', SessionPage, BAD_FIELD),
    },
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
    { schema: { params: SessionPath }, config: restRead('A session.', Session, NO_SESSION) },
    ({ params, owner }, reply): Promise<Session> =>
      answerPositioned(reply, stores.of(owner).positioned.findSession(params.id)),
  );

  routes.patch(
    '/sessions/:id',
    {
      schema: { params: SessionPath, body: RenameSession },
      config: restCall('Renames a session.', Session, { ...NO_SESSION, ...BAD_FIELD }),
    },
    ({ params, body, owner }): Promise<Session> =>
      stores.of(owner).change(params.id, (work) => work.rename(body.title)),
  );

  routes.get(
    '/sessions/:id/progress',
    {
      schema: { params: SessionPath },
      config: restRead('How far a session has come.', Progress, NO_SESSION),
    },
    ({ params, owner }, reply): Promise<Progress> =>
      answerPositioned(reply, stores.of(owner).positioned.progressOf(params.id)),
  );

  routes.get(
    '/sessions/:id/tasks',
    {
      schema: { params: SessionPath },
      config: restRead('The plan of a session: all its tasks, with their texts.', v.array(Task), NO_SESSION),
    },
    async ({ params, owner, turn }, reply) => {
      const work = stores.of(owner).positioned.workAs(params.id, TASKS_FORM, turn);
      return sendWork(reply.type('application/json; charset=utf-8'), await answerPositioned(reply, work));
    },
  );
}
