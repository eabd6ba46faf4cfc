import type { Progress, Task, TaskStatus } from '@creative-autogpt/protocol';

/** How far the session with these tasks has come; all zero for one without tasks. */
export function progressOf(tasks: readonly Pick<Task, 'status' | 'title' | 'task_id'>[]): Progress {
  const count = (status: TaskStatus): number => tasks.filter((task) => task.status === status).length;
  const running = tasks.find(({ status }) => status === 'running');
  const completed = count('completed');
  return {
    total_tasks: tasks.length,
    completed_tasks: completed,
    failed_tasks: count('failed'),
    running_tasks: count('running'),
    pending_tasks: count('pending'),
    pending_approval_tasks: count('pending_approval'),
    current_task: running?.title ?? null,
    current_task_id: running?.task_id ?? null,
    percentage: percentageOf(completed, tasks.length),
  };
}

/** Share in percent, to one decimal. */
function percentageOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10;
}
