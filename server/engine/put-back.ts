import type { Store } from '../store/store';

/** Puts back the task a session was at, if any: that attempt is over and does not count. */
export function putBackRunningTasks(store: Store, sessionId: string): void {
  for (const task of store.tasksOf(sessionId)) {
    if (task.status === 'running') {
      store.putBackTask(task.task_id);
    }
  }
}
