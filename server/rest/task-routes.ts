import { type Task, type TaskPage, TasksQuery } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { TaskPath } from './paths';
import type { RestParts } from './rest-parts';
import type { ValibotTypeProvider } from './valibot-validation';

/** The tasks of all sessions. */
export function addTaskRoutes(app: FastifyInstance, { store }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.get('/tasks', { schema: { querystring: TasksQuery } }, ({ query }): TaskPage => {
    const { page, page_size: pageSize, status_filter: status, session_id: sessionId } = query;
    const filter = { ...(status && { status }), ...(sessionId !== undefined && { sessionId }) };
    const { items, total } = store.listTasks({ page, pageSize, ...filter });
    return { items: [...items], total, page, page_size: pageSize };
  });

  routes.get('/tasks/:task_id', { schema: { params: TaskPath } }, ({ params }): Task =>
    store.findTask(params.task_id),
  );
}
