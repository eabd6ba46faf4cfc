import { JournaledEvent, Progress, Session, Task } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { overviewOf } from '../domain/overview-of';
import type { JournalEntry } from '../realtime/journal';

/** What a client knows that is told of everything from the beginning: the state after the last event. */
export class FoldedJournal {
  /** In the order in which they were made. */
  readonly sessions = new Map<string, Session>();
  /** In the order in which they were planned. */
  readonly tasks = new Map<string, Task>();
  readonly progress = new Map<string, Progress>();

  get overview() {
    const tasks = [...this.tasks.values()];
    return overviewOf({
      sessions: countsOf([...this.sessions.values()]),
      tasks: countsOf(tasks),
      characters: tasks.reduce((sum, { result }) => sum + Array.from(result ?? '').length, 0),
    });
  }

  tasksOf(sessionId: string): Task[] {
    return [...this.tasks.values()].filter((task) => task.session_id === sessionId);
  }

  tell({ json, subject: sessionId }: JournalEntry): void {
    const event = v.parse(JournaledEvent, JSON.parse(json));
    switch (event.event) {
      case 'session.update':
        this.sessions.set(sessionId, v.parse(Session, { ...this.sessions.get(sessionId), ...event.data }));
        break;
      case 'task.update':
        this.tasks.set(event.data.task_id, v.parse(Task, event.data));
        break;
      case 'progress.update':
        this.progress.set(sessionId, v.parse(Progress, event.data));
        break;
      case 'session.deleted':
        this.tasksOf(sessionId).forEach(({ task_id: taskId }) => this.tasks.delete(taskId));
        this.sessions.delete(sessionId);
        this.progress.delete(sessionId);
    }
  }
}

function countsOf<S extends string>(records: readonly { readonly status: S }[]): ReadonlyMap<S, number> {
  const counts = new Map<S, number>();
  records.forEach(({ status }) => counts.set(status, (counts.get(status) ?? 0) + 1));
  return counts;
}
