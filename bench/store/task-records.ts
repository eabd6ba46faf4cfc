import type { Overview, Session, Task, TaskPage, TaskUpdate } from '@creative-autogpt/protocol';

/** What the server knows: the sessions, and the tasks as the updates sent so far leave them. */
export class TaskRecords {
  /** In the order of their last change. */
  readonly #tasks: Map<string, Task>;

  constructor(
    readonly sessions: readonly Session[],
    tasks: readonly Task[],
  ) {
    this.#tasks = new Map(tasks.map((task) => [task.task_id, task]));
  }

  /** Takes in an update that tells a task this server has, and the whole of it. */
  take({ data }: TaskUpdate): void {
    const before = this.#tasks.get(data.task_id);
    if (!before) {
      throw new RangeError(`There is no task ${data.task_id}.`);
    }
    this.#tasks.delete(data.task_id);
    this.#tasks.set(data.task_id, { ...before, ...data });
  }

  all(): readonly Task[] {
    return [...this.#tasks.values()];
  }

  /** `GET /tasks`: last changed first, without texts. */
  page(page: number, pageSize: number): TaskPage {
    const first = (page - 1) * pageSize;
    const items = [...this.#tasks.values()]
      .reverse()
      .slice(first, first + pageSize)
      .map((task) => ({ ...task, result: undefined }));
    return { items, total: this.#tasks.size, page, page_size: pageSize };
  }

  overview(): Overview {
    const sessions = { created: 0, running: 0, paused: 0, completed: 0, failed: 0, stopped: 0 };
    const tasks = { pending: 0, running: 0, pending_approval: 0, completed: 0, failed: 0 };
    for (const { status } of this.sessions) {
      sessions[status] += 1;
    }
    for (const { status } of this.#tasks.values()) {
      tasks[status] += 1;
    }
    return {
      sessions: { total: this.sessions.length, ...sessions },
      tasks: { total: this.#tasks.size, ...tasks },
      characters_written: 0,
    };
  }
}
