import * as v from 'valibot';

/** `/sessions/:id…` */
export const SessionPath = v.object({ id: v.string() });

/** `/tasks/:task_id` */
export const TaskPath = v.object({ task_id: v.string() });
