import type { Task } from '@creative-autogpt/protocol';

/**
 * The task a reader should see: the one they chose, else the one being written, else the one that waits for
 * approval, else the one they see already, else the one that failed; of a finished work its first chapter;
 * else the last one finished, else the first of the plan.
 */
export function openTask(
  tasks: readonly Task[],
  chosen: string | undefined,
  seen?: string,
): Task | undefined {
  return (
    tasks.find((task) => task.task_id === chosen) ??
    tasks.find((task) => task.status === 'running') ??
    tasks.find((task) => task.status === 'pending_approval') ??
    tasks.find((task) => task.task_id === seen) ??
    tasks.find((task) => task.status === 'failed') ??
    beginningOf(tasks) ??
    tasks.filter((task) => task.status === 'completed').at(-1) ??
    tasks[0]
  );
}

/** The newest text of the first chapter; undefined while the work is not finished, or has no chapters. */
function beginningOf(tasks: readonly Task[]): Task | undefined {
  if (tasks.some(({ status }) => status !== 'completed')) {
    return undefined;
  }
  const first = Math.min(...tasks.flatMap(({ chapter_index: chapter }) => chapter ?? []));
  return tasks.filter(({ chapter_index: chapter }) => chapter === first).at(-1);
}
