import { randomUUID } from 'node:crypto';
import {
  type Overview,
  type Progress,
  type Session,
  SESSION_STATUSES,
  type Task,
  TASK_STATUSES,
} from '@creative-autogpt/protocol';
import type { Redis } from 'ioredis';
import type { Observable } from 'rxjs';
import * as v from 'valibot';
import type { RedisBus } from '../../redis/redis-bus';
import { asking } from '../../redis/redis-connection';
import type { OwnerKeys, RedisKeys } from '../../redis/redis-keys';
import { ServiceError, unknownTask } from '../../service-error';
import { type AnnouncedEvent, sessionDeleted, sessionUpdate } from '../../work/announced-events';
import { type NewSession, newSession } from '../../work/new-work';
import { progressOf } from '../../work/progress-of';
import { toSession } from '../../work/session-record';
import { toTask, toTaskWithoutText } from '../../work/task-record';
import { Work } from '../../work/work';
import type { JournalEntry } from '../journal';
import { overviewOf } from '../overview-of';
import { answerAgain, RememberedAnswer } from '../remembered-answer';
import { AFTER_ALL_RUNS } from '../store';
import type {
  Answer,
  EndedRun,
  NamedCommand,
  Page,
  SessionSnapshot,
  SessionsPageQuery,
  Store,
  TasksPageQuery,
} from '../store';
import type { JournalScripts } from './journal-scripts';
import { type Commit, RedisCommits } from './redis-commit';
import { RedisJournal } from './redis-journal';
import { RedisTail } from './redis-tail';
import { Turns } from './turns';
import { RedisWork, StoredSession, StoredTask, taskIdOf, type VersionedWork, workOf } from './redis-work';

/** What the stores of all owners share. */
export interface RedisStoreParts {
  readonly redis: Redis;
  readonly bus: RedisBus;
  readonly keys: RedisKeys;
  readonly scripts: JournalScripts;
  /** Tells what this process says to the others from what they say. */
  readonly processId: string;
  /** The time that changes are stamped with. */
  readonly clock: () => Date;
  /** Most sessions of one owner; a few more where several processes make one at the same moment. */
  readonly maxSessions: number;
  /** Is told of a run that this process has ended; the others are told by the commit. */
  readonly endRun: (ended: EndedRun) => void;
  /** Is told of events that were appended, and the offset of the last. */
  readonly appended: (events: readonly AnnouncedEvent[], offset: number) => void;
}

const StoredAnswer = v.pipe(v.string(), v.parseJson(), RememberedAnswer);

const DAY_SECONDS = 86_400;

/** Others that may change the same session at the same moment; beyond that, something is wrong. */
const MOST_CONFLICTS = 100;

interface Once {
  readonly answer: Answer;
  readonly isRepeated: boolean;
}

/** What one owner has in Redis. `openRedisStores` makes them. */
export class RedisStore implements Store {
  readonly announcements: Observable<JournalEntry>;
  readonly journal: RedisJournal;
  readonly #redis: Redis;
  readonly #owned: OwnerKeys;
  readonly #work: RedisWork;
  readonly #commits: RedisCommits;
  readonly #tail: RedisTail;
  readonly #turns = new Turns();

  constructor(
    owner: string,
    private readonly parts: RedisStoreParts,
  ) {
    const { redis, bus, keys, scripts, processId } = parts;
    const owned = keys.of(owner);
    this.#redis = redis;
    this.#owned = owned;
    this.#work = new RedisWork(redis, keys, owner, owned);
    this.#commits = new RedisCommits(scripts, keys, { owner, owned, processId });
    this.journal = new RedisJournal(redis, scripts, keys, owned);
    this.#tail = new RedisTail(bus, owned, new RedisJournal(redis, scripts, keys, owned));
    this.announcements = this.#tail.entries;
  }

  listening(): Promise<number> {
    return this.#tail.listening();
  }

  createSession(session: NewSession): Promise<Session> {
    return this.#turns.take('a new session', () => this.#createSession(session));
  }

  deleteSession(sessionId: string): Promise<void> {
    return this.#changing(sessionId, async () => {
      const before = await this.#work.load(sessionId);
      const isCommitted = await this.#commit({
        sessionId,
        version: before.version,
        writes: await this.#work.deletion(before),
        events: [sessionDeleted(sessionId)],
        endedRun: { sessionId, run: AFTER_ALL_RUNS },
        now: this.#now(),
      });
      return isCommitted ? { result: undefined } : undefined;
    });
  }

  change<T>(sessionId: string, work: (work: Work) => T): Promise<T> {
    return this.#changing(sessionId, async () => {
      const { result, commit } = this.#changed(await this.#work.load(sessionId), work, this.#now());
      return (await this.#commit(commit)) ? { result } : undefined;
    });
  }

  once(command: NamedCommand, work: (work: Work) => void): Promise<Once> {
    return this.#changing<Once>(command.sessionId, async () => {
      const remembered = await this.#remembered(command);
      if (remembered !== undefined) {
        return { result: { answer: remembered, isRepeated: true } };
      }
      const { answer, commit } = await this.#answered(command, work, this.#now());
      const stored: RememberedAnswer = { command: command.command, session_id: command.sessionId, answer };
      const isCommitted = await this.#commit({
        ...commit,
        commandId: command.id,
        writes: [
          ...commit.writes,
          ['SET', this.#owned.answer(command.id), JSON.stringify(stored), 'EX', DAY_SECONDS],
        ],
      });
      return isCommitted ? { result: { answer, isRepeated: false } } : undefined;
    });
  }

  async findSession(sessionId: string): Promise<Session> {
    return toSession((await this.#read(sessionId)).session);
  }

  async snapshot(sessionId: string): Promise<SessionSnapshot> {
    const answers = await asking(() =>
      this.#redis.multi().hgetall(this.#owned.session(sessionId)).get(this.#owned.offset).exec(),
    );
    const fields = v.parse(v.record(v.string(), v.string()), answers?.[0]?.[1]);
    const { session, tasks } = workOf(sessionId, fields);
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
    const records = await this.#records(ids);
    return {
      items: records.map((record) => toSession(v.parse(StoredSession, record))),
      total,
    };
  }

  async progressOf(sessionId: string): Promise<Progress> {
    return progressOf((await this.#read(sessionId)).tasks);
  }

  async tasksOf(sessionId: string): Promise<readonly Task[]> {
    const { tasks } = await this.#read(sessionId);
    const texts = await this.#work.textsOf(sessionId, tasks);
    return tasks.map((task) => toTask(task, texts.get(task.task_id) ?? null));
  }

  async listTasks(query: TasksPageQuery): Promise<Page<Task>> {
    const { page, pageSize, status, sessionId } = query;
    const first = (page - 1) * pageSize;
    if (sessionId !== undefined) {
      const { tasks } = await this.#read(sessionId);
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
    return { items: await this.#tasks(members.map(taskIdOf)), total };
  }

  async findTask(taskId: string): Promise<Task> {
    const sessionId = await asking(() => this.#redis.hget(this.#owned.sessionOfTask, taskId));
    if (sessionId === null) {
      throw unknownTask(taskId);
    }
    const task = (await this.#read(sessionId)).tasks.find(({ task_id: id }) => id === taskId);
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
        characters: Number(await this.#redis.get(this.#owned.characters)),
      }),
    );
  }

  close(): void {
    this.#tail.close();
  }

  async #createSession(session: NewSession): Promise<Session> {
    const { maxSessions } = this.parts;
    if ((await asking(() => this.#redis.zcard(this.#owned.sessions()))) >= maxSessions) {
      throw new ServiceError(
        'limit_reached',
        `There are ${maxSessions} sessions already: delete one to make another.`,
      );
    }
    const now = this.#now();
    const sequence = await asking(() => this.#redis.incr(this.#owned.sequence));
    const record = newSession(randomUUID(), session, now);
    const created = toSession(record);
    await this.#commit({
      sessionId: record.id,
      version: undefined,
      writes: this.#work.insertion(record, sequence),
      events: [sessionUpdate(created)],
      now,
    });
    return created;
  }

  async #read(sessionId: string): Promise<VersionedWork> {
    return workOf(sessionId, await asking(() => this.#redis.hgetall(this.#owned.session(sessionId))));
  }

  /** The records of those sessions that are still there. */
  async #records(ids: readonly string[]): Promise<string[]> {
    const pipeline = this.#redis.pipeline();
    ids.forEach((id) => pipeline.hget(this.#owned.session(id), 'record'));
    const answers = await asking(() => pipeline.exec());
    return (answers ?? []).flatMap(([, record]) => (typeof record === 'string' ? [record] : []));
  }

  /** Those of the tasks that are still there, without their texts. */
  async #tasks(ids: readonly string[]): Promise<Task[]> {
    if (ids.length === 0) {
      return [];
    }
    const sessionIds = await asking(() => this.#redis.hmget(this.#owned.sessionOfTask, ...ids));
    const pipeline = this.#redis.pipeline();
    ids.forEach((id, index) => pipeline.hget(this.#owned.session(sessionIds[index] ?? ''), id));
    const answers = await asking(() => pipeline.exec());
    return (answers ?? []).flatMap(([, task]) =>
      typeof task === 'string' ? [toTaskWithoutText(v.parse(StoredTask, task))] : [],
    );
  }

  async #remembered(command: NamedCommand): Promise<Answer | undefined> {
    const stored = await asking(() => this.#redis.get(this.#owned.answer(command.id)));
    return stored === null ? undefined : answerAgain(v.parse(StoredAnswer, stored), command);
  }

  /** What a command is answered, and the commit that makes it true. A refusal changes nothing. */
  async #answered(
    { sessionId }: NamedCommand,
    work: (work: Work) => void,
    now: string,
  ): Promise<{ answer: Answer; commit: Commit }> {
    try {
      const { commit } = this.#changed(await this.#work.load(sessionId), work, now);
      return { answer: { ok: true }, commit };
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code === 'unavailable') {
        throw error;
      }
      return {
        answer: { ok: false, error: { code: error.code, message: error.message } },
        commit: { sessionId, version: undefined, writes: [], events: [], now },
      };
    }
  }

  #changed<T>(before: VersionedWork, change: (work: Work) => T, now: string): { result: T; commit: Commit } {
    const work = new Work(before, now);
    const result = change(work);
    const { changes } = work;
    const { id: sessionId, run } = changes.session;
    return {
      result,
      commit: {
        sessionId,
        version: before.version,
        writes: this.#work.update(before, changes),
        events: changes.events,
        endedRun: changes.endsRun ? { sessionId, run } : undefined,
        now,
      },
    };
  }

  /** Whether it was committed, rather than another change before it. Then it has been announced here, too. */
  async #commit(commit: Commit): Promise<boolean> {
    const outcome = await this.#commits.commit(commit);
    if ('refused' in outcome) {
      return false;
    }
    this.parts.appended(commit.events, outcome.offset);
    if (commit.endedRun !== undefined) {
      this.parts.endRun(commit.endedRun);
    }
    await this.#tail.reached(outcome.offset);
    return true;
  }

  /** Tries a change until no other process changes the same session in between; those of this process take turns. */
  #changing<T>(sessionId: string, attempt: () => Promise<{ readonly result: T } | undefined>): Promise<T> {
    return this.#turns.take(sessionId, async () => {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
        const done = await attempt();
        if (done !== undefined) {
          return done.result;
        }
      }
      throw new ServiceError('unavailable', 'Too many change the same session at the moment. Try again.');
    });
  }

  #now(): string {
    return this.parts.clock().toISOString();
  }
}

/** As the sets of tasks are ordered: by time, then by place in the plan. */
function changeOrder(
  one: { readonly updated_at: string; readonly position: number },
  other: { readonly updated_at: string; readonly position: number },
): number {
  return Date.parse(one.updated_at) - Date.parse(other.updated_at) || one.position - other.position;
}
