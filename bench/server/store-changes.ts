import type { Store } from '../../server/ports/store';

/** Events that one change appends: the task and the progress of its session. */
export const EVENTS_PER_CHANGE = 2;

const TASK = {
  taskType: 'draft',
  title: 'Chapter 7, draft',
  description: 'Writes chapter 7.',
  chapterIndex: 7,
} as const;

const NO_TASK = { sessionId: '', taskId: '' };

/** The changes to a store that a benchmark makes: the one place that knows how events are caused. */
export class StoreChanges {
  readonly #tasks: { readonly sessionId: string; readonly taskId: string }[] = [];
  #made = 0;

  constructor(private readonly store: Store) {}

  /** Makes sessions with a plan, whose tasks are what changes from here on. */
  async plan(sessions: number, tasksEach: number): Promise<void> {
    this.#tasks.length = 0;
    this.#made = 0;
    const plan = Array<typeof TASK>(tasksEach).fill(TASK);
    for (let session = 0; session < sessions; session += 1) {
      const title = `Session ${session}`;
      const { id } = await this.store.createSession({ title, mode: 'novel', goal: {}, config: {} });
      await this.store.change(id, (work) => {
        work.plan(plan);
      });
      const tasks = await this.store.tasksOf(id);
      this.#tasks.push(...tasks.map(({ task_id: taskId }) => ({ sessionId: id, taskId })));
    }
  }

  /** Begins the next task or, once it was begun, puts it back, and so on. */
  async make(): Promise<void> {
    const { sessionId, taskId } = this.#tasks[Math.floor(this.#made / 2) % this.#tasks.length] ?? NO_TASK;
    const isToBegin = this.#made % 2 === 0;
    this.#made += 1;
    await this.store.change(sessionId, (work) => {
      if (isToBegin) {
        work.begin(taskId, { retry: false, rewrite: false });
      } else {
        work.interrupt(taskId, '');
      }
    });
  }

  /** Offset of the newest event. */
  async newest(): Promise<number> {
    return (await this.store.journal.end()).offset;
  }
}
