import * as v from 'valibot';
import { Count } from './count';

/** How far a session has come. */
export const Progress = v.looseObject({
  total_tasks: Count,
  completed_tasks: Count,
  failed_tasks: v.optional(Count),
  running_tasks: v.optional(Count),
  pending_tasks: v.optional(Count),
  pending_approval_tasks: v.optional(Count),
  /** Completed share of all tasks, 0 to 100. */
  percentage: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
  /** Title of the running task. */
  current_task: v.nullish(v.string()),
  current_task_id: v.nullish(v.string()),
});
export type Progress = v.InferOutput<typeof Progress>;
