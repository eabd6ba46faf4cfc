import { Decision, type Task, type TaskPage, TasksQuery } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { answerPositioned } from './answer-positioned';
import { TaskPath } from './paths';
import type { RestParts } from './rest-parts';
import type { ValibotTypeProvider } from '../http/valibot-validation';

/** The tasks of all sessions. */
export function addTaskRoutes(app: FastifyInstance, { stores, control }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.get(
    '/tasks',
    { schema: { querystring: TasksQuery } },
    async ({ query, owner }, reply): Promise<TaskPage> => {
      const { page, page_size: pageSize, status_filter: status, session_id: sessionId } = query;
      const filter = { ...(status && { status }), ...(sessionId !== undefined && { sessionId }) };
      const { items, total } = await answerPositioned(
        reply,
        stores.of(owner).positioned.listTasks({ page, pageSize, ...filter }),
      );
      return { items: [...items], total, page, page_size: pageSize };
    },
  );

  routes.get('/tasks/:task_id', { schema: { params: TaskPath } }, ({ params, owner }, reply): Promise<Task> =>
    answerPositioned(reply, stores.of(owner).positioned.findTask(params.task_id)),
  );

  routes.post(
    '/tasks/:task_id/approve',
    { schema: { params: TaskPath, body: Decision } },
    ({ params, body, owner }): Promise<Task> => control.approve(owner, params.task_id, body),
  );
}
