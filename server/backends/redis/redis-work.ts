import { TASK_STATUSES, SESSION_STATUSES } from '@creative-autogpt/protocol';
import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { asking } from './redis-connection';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import { unknownSession } from '../../domain/service-error';
import { SessionRecord } from '../../domain/session-record';
import { TaskRecord } from '../../domain/task-record';
import type { WorkChanges, WorkState } from '../../domain/work-draft';
import { type StoredRecords, toStored } from '../stored-records';
import type { Write } from './redis-commit';

/** A session as it is kept, and what tells this state of it from others. */
export interface VersionedWork extends WorkState {
  readonly version: string;
  /** Place of the session among those of its owner. */
  readonly sequence: number;
}

/** What tells where a task is in the plan, however damaged the rest of it is. */
const Placed = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ position: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) }),
);

const WHOLE_NUMBER = /^\d{1,15}$/;

/** Fields of the hash of a session that are needed to read it. */
export const HEAD = ['record', 'version', 'sequence'] as const;

/** Fields of the hash of a session that are not its tasks. */
const FIELDS: readonly string[] = [...HEAD, 'run'];

/** How sessions and tasks are laid out in Redis: reads them, and says which writes change them. */
export class RedisWork {
  constructor(
    private readonly redis: Redis,
    private readonly keys: RedisKeys,
    private readonly owner: string,
    private readonly owned: OwnerKeys,
    private readonly records: StoredRecords,
  ) {}

  /** @throws ServiceError `unknown_session` */
  async load(sessionId: string): Promise<VersionedWork> {
    const work = await this.read(sessionId);
    const written = work.tasks.filter(
      ({ status, damaged }) => status === 'pending_approval' || damaged === true,
    );
    return { ...work, texts: await this.textsOf(sessionId, written) };
  }

  /**
   * As `load`, without any texts.
   *
   * @throws ServiceError `unknown_session`
   */
  async read(sessionId: string): Promise<VersionedWork> {
    return this.workOf(sessionId, await asking(() => this.redis.hgetall(this.owned.session(sessionId))));
  }

  /**
   * What a hash of a session says, without its texts.
   *
   * @throws ServiceError `unknown_session`
   */
  workOf(sessionId: string, fields: Readonly<Record<string, string>>): VersionedWork {
    if (Object.keys(fields).length === 0) {
      throw unknownSession(sessionId);
    }
    const { version = '', sequence } = fields;
    return {
      session: this.sessionOf(
        sessionId,
        HEAD.map((name) => fields[name] ?? null),
      ),
      version,
      sequence: Number(sequence),
      tasks: this.#tasksOf(sessionId, fields),
      texts: new Map(),
    };
  }

  async textsOf(
    sessionId: string,
    tasks: readonly Pick<TaskRecord, 'task_id'>[],
  ): Promise<ReadonlyMap<string, string>> {
    if (tasks.length === 0) {
      return new Map();
    }
    const ids = tasks.map(({ task_id: taskId }) => taskId);
    const texts = await asking(() => this.redis.hmget(this.owned.texts(sessionId), ...ids));
    return new Map(
      ids.flatMap((id, index): [string, string][] => {
        const text = texts[index];
        return typeof text === 'string' ? [[id, text]] : [];
      }),
    );
  }

  /** The session of what `HEAD` names. */
  sessionOf(sessionId: string, [record, version, sequence]: readonly (string | null)[]): SessionRecord {
    const isSound = WHOLE_NUMBER.test(version ?? '') && WHOLE_NUMBER.test(sequence ?? '');
    return isSound
      ? this.records.session(sessionId, record ?? '')
      : this.records.damagedSession(sessionId, record ?? '');
  }

  insertion(session: SessionRecord, sequence: number): Write[] {
    const { owned } = this;
    const { id, status } = session;
    return [
      ['HSET', owned.session(id), ...sessionFields(session), 'version', 1, 'sequence', sequence],
      ['ZADD', owned.sessions(), sequence, id],
      ['ZADD', owned.sessions(status), sequence, id],
    ];
  }

  update(before: VersionedWork, { session, tasks, texts, isToBeRun }: WorkChanges): Write[] {
    const { owned, keys } = this;
    const { id, status } = session;
    const launch = `${encodeURIComponent(this.owner)} ${id}`;
    return [
      ['HSET', owned.session(id), ...sessionFields(session)],
      ['HINCRBY', owned.session(id), 'version', 1],
      ['ZREM', owned.sessions(before.session.status), id],
      ['ZADD', owned.sessions(status), before.sequence, id],
      isToBeRun ? ['HSET', keys.toBeRun, launch, session.launch] : ['HDEL', keys.toBeRun, launch],
      ...tasks.flatMap((task) => this.#taskWrites(before, task)),
      ...Array.from(texts).flatMap(([taskId, text]) => this.#textWrites(before, taskId, text)),
    ];
  }

  /** Also of a session that cannot be read. */
  async deletion(work: VersionedWork): Promise<Write[]> {
    const { owned, keys } = this;
    const { id } = work.session;
    const texts = await this.textsOf(id, work.tasks);
    const characters = Array.from(texts.values()).reduce((sum, text) => sum + lengthOf(text), 0);
    return [
      ['DEL', owned.session(id), owned.texts(id), owned.writing(id), owned.writingText(id)],
      ...[undefined, ...SESSION_STATUSES].map((status): Write => ['ZREM', owned.sessions(status), id]),
      ['HDEL', keys.toBeRun, `${encodeURIComponent(this.owner)} ${id}`],
      ['INCRBY', owned.characters, -characters],
      ...work.tasks.flatMap((task): Write[] => [
        ...this.#removals(work, task),
        ['HDEL', owned.sessionOfTask, task.task_id],
      ]),
    ];
  }

  /** Takes a task out of the sets of tasks. Of a damaged one it is not known where it is in them. */
  #removals({ tasks }: VersionedWork, task: TaskRecord): Write[] {
    const { owned } = this;
    if (task.damaged !== true) {
      return [undefined, task.status].map((status) => ['ZREM', owned.tasks(status), memberOf(task)]);
    }
    const members = tasks.map((_, position) => memberOf({ ...task, position }));
    return [undefined, ...TASK_STATUSES].map((status) => ['ZREM', owned.tasks(status), ...members]);
  }

  /** In the order of the plan: those whose place is damaged are where one is missing. */
  #tasksOf(sessionId: string, fields: Readonly<Record<string, string>>): TaskRecord[] {
    const stored = Object.entries(fields).filter(([name]) => !FIELDS.includes(name));
    const placed = new Map<string, number>();
    for (const [taskId, text] of stored) {
      const place = v.safeParse(Placed, text);
      if (place.success) {
        placed.set(taskId, place.output.position);
      }
    }
    const taken = new Set(placed.values());
    const free = stored.map((_, position) => position).filter((position) => !taken.has(position));
    return stored
      .map(([taskId, text]) => {
        const position = placed.get(taskId) ?? free.shift() ?? stored.length;
        return this.records.task({ taskId, sessionId, position }, text);
      })
      .sort((one, other) => one.position - other.position);
  }

  #taskWrites(work: VersionedWork, task: TaskRecord): Write[] {
    const { owned } = this;
    const { session, tasks } = work;
    const before = tasks.find(({ task_id: taskId }) => taskId === task.task_id);
    const changedAt = Date.parse(task.updated_at);
    const member = memberOf(task);
    const writes: Write[] = [
      ['HSET', owned.session(session.id), task.task_id, toStored(TaskRecord, task)],
      ['ZADD', owned.tasks(), changedAt, member],
      ['ZADD', owned.tasks(task.status), changedAt, member],
    ];
    if (before === undefined) {
      writes.push(['HSET', owned.sessionOfTask, task.task_id, session.id]);
    } else if (before.damaged === true) {
      return [...this.#removals(work, before), ...writes];
    } else if (before.status !== task.status) {
      writes.push(['ZREM', owned.tasks(before.status), member]);
    }
    return writes;
  }

  #textWrites({ session, texts }: VersionedWork, taskId: string, text: string | null): Write[] {
    const { owned } = this;
    const key = owned.texts(session.id);
    return [
      text === null ? ['HDEL', key, taskId] : ['HSET', key, taskId, text],
      ['INCRBY', owned.characters, lengthOf(text ?? '') - lengthOf(texts.get(taskId) ?? '')],
    ];
  }
}

/** The task of a member of the sets of tasks, and its place in the plan. */
export function taskOf(member: string): { readonly taskId: string; readonly position: number } {
  const end = member.indexOf(' ');
  return { taskId: member.slice(end + 1), position: Number(member.slice(0, end)) };
}

/** Tasks that changed at the same time are in the order of their plan. */
function memberOf({ task_id: taskId, position }: TaskRecord): string {
  return `${String(position).padStart(6, '0')} ${taskId}`;
}

/** The number of the run is apart, where what is written looks at it. */
function sessionFields(session: SessionRecord): string[] {
  return ['record', toStored(SessionRecord, session), 'run', String(session.run)];
}

/** In code points. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
