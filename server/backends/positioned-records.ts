import type { Overview, Progress, Session, Task } from '@creative-autogpt/protocol';
import { overviewOf } from '../domain/overview-of';
import { progressOf } from '../domain/progress-of';
import { unknownSession, unknownTask } from '../domain/service-error';
import { toSession } from '../domain/session-record';
import { type TaskRecord, toTask, toTaskWithoutText } from '../domain/task-record';
import type { WorkState } from '../domain/work-draft';
import type {
  FormedWork,
  Page,
  Positioned,
  PositionedReads,
  SessionSnapshot,
  SessionsPageQuery,
  TasksPageQuery,
  WorkForm,
} from '../ports/store';
import { FormedWorks } from './formed-works';
import type { KeptWorks } from './kept-works';
import type { Depth, RecordReads } from './storage';

/** What people may see of the records in a storage, read in one piece with its position in the journal. */
export class PositionedRecords implements PositionedReads {
  readonly #formed: FormedWorks;

  /** @param kept whole works that were made already */
  constructor(
    private readonly records: RecordReads,
    kept: KeptWorks,
  ) {
    this.#formed = new FormedWorks(records, kept);
  }

  findSession(sessionId: string): Promise<Positioned<Session>> {
    return this.#work(sessionId, 'session', ({ session }) => toSession(session));
  }

  async snapshot(sessionId: string): Promise<SessionSnapshot> {
    const { value, position } = await this.#work(sessionId, 'tasks', ({ session, tasks }) => ({
      session: toSession(session),
      progress: progressOf(tasks),
    }));
    return { ...value, offset: position.offset };
  }

  async listSessions(query: SessionsPageQuery): Promise<Positioned<Page<Session>>> {
    return mapped(await this.records.sessions(query), ({ items, total }) => ({
      items: items.map(toSession),
      total,
    }));
  }

  progressOf(sessionId: string): Promise<Positioned<Progress>> {
    return this.#work(sessionId, 'tasks', ({ tasks }) => progressOf(tasks));
  }

  tasksOf(sessionId: string): Promise<Positioned<readonly Task[]>> {
    return this.#work(sessionId, 'texts', ({ tasks, texts }) =>
      tasks.map((task) => toTask(task, texts.get(task.task_id) ?? null)),
    );
  }

  workAs(sessionId: string, form: WorkForm, turn: () => Promise<void>): Promise<Positioned<FormedWork>> {
    return this.#formed.find(sessionId, form, turn);
  }

  async listTasks({ sessionId, ...query }: TasksPageQuery): Promise<Positioned<Page<Task>>> {
    const page =
      sessionId === undefined
        ? await this.records.tasks(query)
        : await this.#work(sessionId, 'tasks', ({ tasks }) => pageOf(tasks, query));
    return mapped(page, ({ items, total }) => ({ items: items.map(toTaskWithoutText), total }));
  }

  async findTask(taskId: string): Promise<Positioned<Task>> {
    return mapped(await this.records.task(taskId), (task) => {
      if (task === undefined) {
        throw unknownTask(taskId);
      }
      return toTask(task.record, task.text);
    });
  }

  async overview(): Promise<Positioned<Overview>> {
    return mapped(await this.records.counts(), overviewOf);
  }

  async #work<T>(sessionId: string, depth: Depth, see: (work: WorkState) => T): Promise<Positioned<T>> {
    return mapped(await this.records.work(sessionId, depth), (work) => {
      if (work === undefined) {
        throw unknownSession(sessionId);
      }
      return see(work);
    });
  }
}

function mapped<T, U>({ value, position }: Positioned<T>, map: (value: T) => U): Positioned<U> {
  return { value: map(value), position };
}

/**
 * Tasks of one session, which are few: last changed first; of those that changed together, the last of the
 * plan first.
 */
function pageOf(
  tasks: readonly TaskRecord[],
  { page, pageSize, status }: Omit<TasksPageQuery, 'sessionId'>,
): Page<TaskRecord> {
  const fitting = tasks
    .filter((task) => status === undefined || task.status === status)
    .map((task) => ({ task, changedAt: Date.parse(task.updated_at) }))
    .sort((one, other) => other.changedAt - one.changedAt || other.task.position - one.task.position);
  const items = fitting.slice((page - 1) * pageSize, page * pageSize).map(({ task }) => task);
  return { items, total: fitting.length };
}
