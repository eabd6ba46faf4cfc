import { ManualClock } from './manual-clock';
import { NOVEL, PLAN } from './sample-work';
import { wordsFor } from './words-for';
import type { SessionEvent } from '../domain/session-events';
import { type NewSession, newSession, type PlannedTask } from '../domain/new-work';
import type { TaskRecord } from '../domain/task-record';
import { Work } from '../domain/work';
import type { WorkChanges, WorkState } from '../domain/work-draft';

/** A session that changes step by step, each time from what the change before it left, as in a store. */
export class WorkUnderTest {
  readonly clock = new ManualClock();
  /** Whether its owner may have more stored. */
  hasRoom = true;
  #state: WorkState;
  #changes: WorkChanges | undefined;

  constructor(session: NewSession = NOVEL) {
    const record = newSession('session-1', session, this.clock.now().toISOString());
    this.#state = { session: record, tasks: [], texts: new Map() };
  }

  /** One with a plan. */
  static planned(session: NewSession = NOVEL, plan: readonly PlannedTask[] = PLAN): WorkUnderTest {
    const test = new WorkUnderTest(session);
    test.change((work) => {
      work.plan(plan);
    });
    return test;
  }

  get state(): WorkState {
    return this.#state;
  }

  /** The ids of its tasks, in the order of the plan. */
  get taskIds(): string[] {
    return this.#state.tasks.map(({ task_id: taskId }) => taskId);
  }

  get firstId(): string {
    return this.taskIds[0] ?? '';
  }

  /** The first task of the plan as it is kept. */
  get first(): TaskRecord {
    const [first] = this.#state.tasks;
    if (first === undefined) {
      throw new Error('The session has no plan.');
    }
    return first;
  }

  /** What the last change left. */
  get changes(): WorkChanges {
    if (this.#changes === undefined) {
      throw new Error('Nothing has changed yet.');
    }
    return this.#changes;
  }

  get events(): readonly SessionEvent[] {
    return this.changes.events;
  }

  /** What the last change told, in a few words each. */
  get news(): string[] {
    return this.events.map(wordsFor);
  }

  /** Makes all of the change or, when it throws, nothing. */
  change<T>(make: (work: Work) => T): T {
    const work = new Work(this.#state, this.clock.now().toISOString(), this.hasRoom);
    const result = make(work);
    this.#changes = work.changes;
    this.#state = stateAfter(this.#state, work.changes);
    return result;
  }
}

function stateAfter(before: WorkState, { session, tasks, texts }: WorkChanges): WorkState {
  const kept = new Map(before.tasks.map((task) => [task.task_id, task]));
  tasks.forEach((task) => kept.set(task.task_id, task));
  const waiting = Array.from(kept.values()).filter(({ status }) => status === 'pending_approval');
  return {
    session,
    tasks: Array.from(kept.values()),
    texts: new Map(
      waiting.map(({ task_id: taskId }) => [taskId, texts.get(taskId) ?? before.texts.get(taskId) ?? '']),
    ),
  };
}
