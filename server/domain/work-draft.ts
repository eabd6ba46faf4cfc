import type { Session, Task } from '@creative-autogpt/protocol';
import { type SessionEvent, progressUpdate, sessionChanged, taskUpdate } from './session-events';
import { progressOf } from './progress-of';
import { DamagedSession, unknownTask } from './service-error';
import { type SessionRecord, toSession } from './session-record';
import { countsOf, isToBeRun } from './session-transitions';
import { type TaskRecord, toTask } from './task-record';

/** What is kept of one session and its tasks. */
export interface WorkState {
  readonly session: SessionRecord;
  /** In the order of the plan. */
  readonly tasks: readonly TaskRecord[];
  /**
   * The texts of those tasks that are not completed, by their ids: a completed one does not change any more.
   */
  readonly texts: ReadonlyMap<string, string>;
}

/** What a change leaves behind: what is to be kept, and what is to be told. */
export interface WorkChanges {
  readonly session: SessionRecord;
  /** The tasks that changed or are new. */
  readonly tasks: readonly TaskRecord[];
  /** The texts that changed, by the ids of their tasks; null for one that was dropped. */
  readonly texts: ReadonlyMap<string, string | null>;
  readonly events: readonly SessionEvent[];
  /** Whether there is something to be done now: the session runs, and waits for nobody's approval. */
  readonly isToBeRun: boolean;
  /** Whether a run that was going on is over. */
  readonly endsRun: boolean;
}

/**
 * The state of a session while it is changed: keeps account of what is different, and tells of it. It has no
 * rules.
 */
export class WorkDraft {
  #session: SessionRecord;
  readonly #tasks: Map<string, TaskRecord>;
  readonly #texts: Map<string, string | null>;
  readonly #changedTasks = new Set<string>();
  readonly #changedTexts = new Map<string, string | null>();
  readonly #events: SessionEvent[] = [];
  #endsRun = false;

  /** @throws DamagedSession when the session cannot be read, and so not be changed. */
  constructor(
    { session, tasks, texts }: WorkState,
    readonly now: string,
  ) {
    if (session.damaged === true) {
      throw new DamagedSession(session.id);
    }
    this.#session = session;
    this.#tasks = new Map(tasks.map((task) => [task.task_id, task]));
    this.#texts = new Map(texts);
  }

  get session(): SessionRecord {
    return this.#session;
  }

  /** In the order of the plan. */
  get tasks(): readonly TaskRecord[] {
    return [...this.#tasks.values()];
  }

  get changes(): WorkChanges {
    return {
      session: this.#session,
      tasks: this.tasks.filter(({ task_id: taskId }) => this.#changedTasks.has(taskId)),
      texts: this.#changedTexts,
      events: this.#events,
      isToBeRun: isToBeRun(this.#session, this.tasks),
      endsRun: this.#endsRun,
    };
  }

  /** @throws ServiceError `unknown_task` */
  find(taskId: string): TaskRecord {
    const task = this.#tasks.get(taskId);
    if (task === undefined) {
      throw unknownTask(taskId);
    }
    return task;
  }

  /** Adds events to those that go out with the change. */
  tell(...events: readonly SessionEvent[]): void {
    this.#events.push(...events);
  }

  changeSession(fields: Partial<SessionRecord>): Session {
    const before = toSession(this.#session);
    this.#session = { ...this.#session, ...fields, updated_at: this.now };
    const session = toSession(this.#session);
    this.tell(sessionChanged(before, session));
    return session;
  }

  /** Changes what clients do not see of the session. */
  keepOfRuns(fields: Pick<SessionRecord, 'run_by' | 'crashes'>): void {
    this.#session = { ...this.#session, ...fields };
  }

  /** Gives the session its next number of a run, which clients do not see. @returns the number */
  countRun(): number {
    this.#session = { ...this.#session, run: this.#session.run + 1 };
    return this.#session.run;
  }

  /** Whatever run the session has is over. */
  endRun(): void {
    this.countRun();
    this.#endsRun = true;
  }

  /** Has the session run, by a run that is yet to begin: the present one is over. */
  launch(): void {
    this.endRun();
    this.#session = { ...this.#session, launch: this.#session.run };
  }

  /** Adds tasks behind those that there are. */
  addTasks(tasks: readonly TaskRecord[]): void {
    for (const task of tasks) {
      this.#tasks.set(task.task_id, task);
      this.#changedTasks.add(task.task_id);
    }
    this.tell(...tasks.map((task) => taskUpdate(toTask(task, null))), this.#progress());
    this.changeSession(countsOf(this.tasks));
  }

  /** @param changesSession whether what the session shows of its tasks changes with this one */
  changeTask(changed: TaskRecord, changesSession: boolean): Task {
    this.#tasks.set(changed.task_id, changed);
    this.#changedTasks.add(changed.task_id);
    const task = toTask(changed, this.#texts.get(changed.task_id) ?? null);
    this.tell(taskUpdate(task), this.#progress());
    if (changesSession) {
      this.changeSession(countsOf(this.tasks));
    }
    return task;
  }

  /** Goes out with the next change of the task. */
  setText(taskId: string, text: string | null): void {
    this.#texts.set(taskId, text);
    this.#changedTexts.set(taskId, text);
  }

  #progress(): SessionEvent {
    return progressUpdate(this.#session.id, progressOf(this.tasks));
  }
}
