import { CLIENT_MESSAGE_SUMMARIES, Decision, Task, TaskPage, TasksQuery } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import * as v from 'valibot';
import {
  answerPositioned,
  BAD_FIELD,
  BAD_STATE,
  NO_ROOM,
  NO_SESSION,
  NO_TASK,
  restCall,
  type RestParts,
  restRead,
} from './rest-call';
import type { ValibotTypeProvider } from '../http/valibot-validation';

const TaskPath = v.object({ task_id: v.string() });

/** The tasks of all sessions. */
export function addTaskRoutes(app: FastifyInstance, { stores, control }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.get(
    '/tasks',
    {
      schema: { querystring: TasksQuery },
      config: restRead(
        'A page of the tasks of all sessions, last changed first, without their texts.',
        TaskPage,
        { ...NO_SESSION, ...BAD_FIELD },
      ),
    },
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

  routes.get(
    '/tasks/:task_id',
    { schema: { params: TaskPath }, config: restRead('A task.', Task, NO_TASK) },
    ({ params, owner }, reply): Promise<Task> =>
      answerPositioned(reply, stores.of(owner).positioned.findTask(params.task_id)),
  );

  routes.post(
    '/tasks/:task_id/approve',
    {
      schema: { params: TaskPath, body: Decision },
      config: restCall(CLIENT_MESSAGE_SUMMARIES.approve, Task, {
        ...NO_TASK,
        ...BAD_STATE,
        ...NO_ROOM,
        ...BAD_FIELD,
      }),
    },
    ({ params, body, owner }): Promise<Task> => control.approve(owner, params.task_id, body),
  );
}
