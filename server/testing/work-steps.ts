import type { Work } from '../domain/work';
import { OUTCOME } from './sample-work';

/** Has a session be paused that has not been started yet. */
export function startAndPause(work: Work): void {
  work.start();
  work.pause();
}

/** Has a session that runs be completed: what is left of its plan is written. */
export function complete(work: Work): void {
  const running = work.tasks.find(({ status }) => status === 'running')?.task_id;
  for (let taskId = running ?? next(work); taskId !== undefined; taskId = next(work)) {
    work.finish(taskId, OUTCOME);
  }
}

function next(work: Work): string | undefined {
  return work.beginNext()?.task.task_id;
}
