import type { Task } from '@creative-autogpt/protocol';

/**
 * The task that a reader should see. It is the first of these that the plan has: the chosen task, the running
 * one, the one that waits for approval, the one on the screen, the failed one, the first chapter of a
 * finished work, the task finished last, the first task.
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
