import type { Store } from '../../server/store/store';

/** Events that one change is announced with: the task and the progress of its session. */
export const EVENTS_PER_CHANGE = 2;

const TASK = {
  taskType: 'draft',
  title: 'Chapter 7, draft',
  description: 'Writes chapter 7.',
  chapterIndex: 7,
} as const;

/** The changes to a store that a benchmark makes: the one place that knows how events are caused. */
export class StoreChanges {
  readonly #tasks: string[] = [];
  #made = 0;

  constructor(private readonly store: Store) {}

  /** Makes sessions with a plan, whose tasks are what changes from here on. */
  plan(sessions: number, tasksEach: number): void {
    this.#tasks.length = 0;
    this.#made = 0;
    for (let session = 0; session < sessions; session += 1) {
      const title = `Session ${session}`;
      const { id } = this.store.createSession({ title, mode: 'novel', goal: {}, config: {} });
      const tasks = this.store.planSession(id, Array<typeof TASK>(tasksEach).fill(TASK));
      this.#tasks.push(...tasks.map(({ task_id }) => task_id));
    }
  }

  /** Begins the next task or, once each was begun, puts it back, and so on. */
  make(): void {
    const round = Math.floor(this.#made / this.#tasks.length);
    const taskId = this.#tasks[this.#made % this.#tasks.length] ?? '';
    this.#made += 1;
    if (round % 2 === 0) {
      this.store.beginTask(taskId, { retry: false, rewrite: false });
    } else {
      this.store.putBackTask(taskId);
    }
  }

  /** Offset of the newest event. */
  get newest(): number {
    return this.store.journal.end.offset;
  }
}
