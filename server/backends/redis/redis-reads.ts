import {
  type Overview,
  type Progress,
  type Session,
  SESSION_STATUSES,
  type Task,
  TASK_STATUSES,
} from '@creative-autogpt/protocol';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { asking } from './redis-connection';
import type { OwnerKeys } from './redis-keys';
import { unknownTask } from '../../domain/service-error';
import { progressOf } from '../../domain/progress-of';
import { toSession } from '../../domain/session-record';
import { toTask, toTaskWithoutText } from '../../domain/task-record';
import { overviewOf } from '../../domain/overview-of';
import type { Page, SessionSnapshot, SessionsPageQuery, TasksPageQuery } from '../../ports/store';
import type { StoredRecords } from '../stored-records';
import { HEAD, type RedisWork, taskOf } from './redis-work';

/** Of a session that is not there, all are null. */
const Head = v.array(v.nullable(v.string()));

/** How a number is kept; nothing where it is none. */
const StoredCount = v.fallback(v.pipe(v.string(), v.digits(), v.transform(Number)), 0);

/** What can be read of one owner's sessions and tasks. */
export class RedisReads {
  readonly #redis: Redis;
  readonly #owned: OwnerKeys;
  readonly #work: RedisWork;
  readonly #records: StoredRecords;

  constructor(redis: Redis, owned: OwnerKeys, work: RedisWork, records: StoredRecords) {
    this.#redis = redis;
    this.#owned = owned;
    this.#work = work;
    this.#records = records;
  }

  async findSession(sessionId: string): Promise<Session> {
    return toSession((await this.#work.read(sessionId)).session);
  }

  async snapshot(sessionId: string): Promise<SessionSnapshot> {
    const answers = await asking(() =>
      this.#redis.multi().hgetall(this.#owned.session(sessionId)).get(this.#owned.offset).exec(),
    );
    const fields = v.parse(v.record(v.string(), v.string()), answers?.[0]?.[1]);
    const { session, tasks } = this.#work.workOf(sessionId, fields);
    return {
      session: toSession(session),
      progress: progressOf(tasks),
      offset: Number(answers?.[1]?.[1] ?? 0),
    };
  }

  async listSessions({ page, pageSize, status }: SessionsPageQuery): Promise<Page<Session>> {
    const key = this.#owned.sessions(status);
    const first = (page - 1) * pageSize;
    const [ids, total] = await asking(() =>
      Promise.all([this.#redis.zrange(key, first, first + pageSize - 1, 'REV'), this.#redis.zcard(key)]),
    );
    return { items: await this.#sessions(ids), total };
  }

  async progressOf(sessionId: string): Promise<Progress> {
    return progressOf((await this.#work.read(sessionId)).tasks);
  }

  async tasksOf(sessionId: string): Promise<readonly Task[]> {
    const { tasks } = await this.#work.read(sessionId);
    const texts = await this.#work.textsOf(sessionId, tasks);
    return tasks.map((task) => toTask(task, texts.get(task.task_id) ?? null));
  }

  async listTasks(query: TasksPageQuery): Promise<Page<Task>> {
    const { page, pageSize, status, sessionId } = query;
    const first = (page - 1) * pageSize;
    if (sessionId !== undefined) {
      const { tasks } = await this.#work.read(sessionId);
      const fitting = tasks
        .filter((task) => status === undefined || task.status === status)
        .sort((one, other) => changeOrder(other, one));
      return {
        items: fitting.slice(first, first + pageSize).map(toTaskWithoutText),
        total: fitting.length,
      };
    }
    const key = this.#owned.tasks(status);
    const [members, total] = await asking(() =>
      Promise.all([this.#redis.zrange(key, first, first + pageSize - 1, 'REV'), this.#redis.zcard(key)]),
    );
    return { items: await this.#tasks(members.map(taskOf)), total };
  }

  async findTask(taskId: string): Promise<Task> {
    const sessionId = await asking(() => this.#redis.hget(this.#owned.sessionOfTask, taskId));
    if (sessionId === null) {
      throw unknownTask(taskId);
    }
    const task = (await this.#work.read(sessionId)).tasks.find(({ task_id: id }) => id === taskId);
    if (task === undefined) {
      throw unknownTask(taskId);
    }
    const texts = await this.#work.textsOf(sessionId, [task]);
    return toTask(task, texts.get(taskId) ?? null);
  }

  async overview(): Promise<Overview> {
    const count = async <S extends string>(statuses: readonly S[], keyOf: (status: S) => string) =>
      new Map(
        await Promise.all(
          statuses.map(async (status): Promise<[S, number]> => [
            status,
            await this.#redis.zcard(keyOf(status)),
          ]),
        ),
      );
    return asking(async () =>
      overviewOf({
        sessions: await count(SESSION_STATUSES, (status) => this.#owned.sessions(status)),
        tasks: await count(TASK_STATUSES, (status) => this.#owned.tasks(status)),
        characters: v.parse(StoredCount, await this.#redis.get(this.#owned.characters)),
      }),
    );
  }

  /** Those of the sessions that are still there. */
  async #sessions(ids: readonly string[]): Promise<Session[]> {
    const pipeline = this.#redis.pipeline();
    ids.forEach((id) => pipeline.hmget(this.#owned.session(id), ...HEAD));
    const answers = await asking(() => pipeline.exec());
    return ids.flatMap((id, index) => {
      const head = v.parse(Head, answers?.[index]?.[1]);
      return head.every((field) => field === null) ? [] : [toSession(this.#work.sessionOf(id, head))];
    });
  }

  /** Those of the tasks that are still there, without their texts. */
  async #tasks(tasks: readonly { readonly taskId: string; readonly position: number }[]): Promise<Task[]> {
    if (tasks.length === 0) {
      return [];
    }
    const ids = tasks.map(({ taskId }) => taskId);
    const sessionIds = await asking(() => this.#redis.hmget(this.#owned.sessionOfTask, ...ids));
    const pipeline = this.#redis.pipeline();
    ids.forEach((id, index) => pipeline.hget(this.#owned.session(sessionIds[index] ?? ''), id));
    const answers = await asking(() => pipeline.exec());
    return tasks.flatMap((task, index) => {
      const stored = answers?.[index]?.[1];
      const sessionId = sessionIds[index] ?? '';
      return typeof stored === 'string'
        ? [toTaskWithoutText(this.#records.task({ ...task, sessionId }, stored))]
        : [];
    });
  }
}

/** As the sets of tasks are ordered: by time, then by place in the plan. */
function changeOrder(
  one: { readonly updated_at: string; readonly position: number },
  other: { readonly updated_at: string; readonly position: number },
): number {
  return Date.parse(one.updated_at) - Date.parse(other.updated_at) || one.position - other.position;
}
