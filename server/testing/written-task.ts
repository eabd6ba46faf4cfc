import type { Task } from '@creative-autogpt/protocol';
import type { Store } from '../ports/store';
import { OUTCOME, PLAN } from './sample-work';

/** Plans a new session, and writes one of its tasks. */
export function writeTask(store: Store, sessionId: string, position: number): Promise<Task> {
  return store.change(sessionId, (work) => {
    work.plan(PLAN);
    const taskId = work.tasks[position]?.task_id ?? '';
    work.begin(taskId, { retry: false, rewrite: false });
    return work.finish(taskId, OUTCOME);
  });
}
