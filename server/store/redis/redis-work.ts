import type { Redis } from 'ioredis';
import * as v from 'valibot';
import { asking } from '../../redis/redis-connection';
import type { OwnerKeys, RedisKeys } from '../../redis/redis-keys';
import { unknownSession } from '../../service-error';
import { SessionRecord } from '../../work/session-record';
import { TaskRecord } from '../../work/task-record';
import type { WorkChanges, WorkState } from '../../work/work';
import type { Write } from './redis-commit';

/** A session as it is kept, and what tells this state of it from others. */
export interface VersionedWork extends WorkState {
  readonly version: string;
  /** Place of the session among those of its owner. */
  readonly sequence: number;
}

/** A session as it is kept. */
export const StoredSession = v.pipe(v.string(), v.parseJson(), SessionRecord);

/** A task as it is kept. */
export const StoredTask = v.pipe(v.string(), v.parseJson(), TaskRecord);

/** Fields of the hash of a session that are not its tasks. */
const FIELDS: readonly string[] = ['record', 'version', 'sequence', 'run'];

/** How sessions and tasks are laid out in Redis: reads them, and says which writes change them. */
export class RedisWork {
  constructor(
    private readonly redis: Redis,
    private readonly keys: RedisKeys,
    private readonly owner: string,
    private readonly owned: OwnerKeys,
  ) {}

  /** @throws ServiceError `unknown_session` */
  async load(sessionId: string): Promise<VersionedWork> {
    const fields = await asking(() => this.redis.hgetall(this.owned.session(sessionId)));
    const work = workOf(sessionId, fields);
    const written = work.tasks.filter(({ status }) => status === 'pending_approval');
    return { ...work, texts: await this.textsOf(sessionId, written) };
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

  async deletion(work: VersionedWork): Promise<Write[]> {
    const { owned, keys } = this;
    const { id, status } = work.session;
    const texts = await this.textsOf(id, work.tasks);
    const characters = Array.from(texts.values()).reduce((sum, text) => sum + lengthOf(text), 0);
    return [
      ['DEL', owned.session(id), owned.texts(id), owned.writing(id), owned.writingText(id)],
      ['ZREM', owned.sessions(), id],
      ['ZREM', owned.sessions(status), id],
      ['HDEL', keys.toBeRun, `${encodeURIComponent(this.owner)} ${id}`],
      ['INCRBY', owned.characters, -characters],
      ...work.tasks.flatMap((task): Write[] => [
        ['ZREM', owned.tasks(), memberOf(task)],
        ['ZREM', owned.tasks(task.status), memberOf(task)],
        ['HDEL', owned.sessionOfTask, task.task_id],
      ]),
    ];
  }

  #taskWrites({ session, tasks }: VersionedWork, task: TaskRecord): Write[] {
    const { owned } = this;
    const before = tasks.find(({ task_id: taskId }) => taskId === task.task_id);
    const changedAt = Date.parse(task.updated_at);
    const member = memberOf(task);
    const writes: Write[] = [
      ['HSET', owned.session(session.id), task.task_id, JSON.stringify(task)],
      ['ZADD', owned.tasks(), changedAt, member],
      ['ZADD', owned.tasks(task.status), changedAt, member],
    ];
    if (before === undefined) {
      writes.push(['HSET', owned.sessionOfTask, task.task_id, session.id]);
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

/** What a hash of a session says, without its texts. */
export function workOf(sessionId: string, fields: Readonly<Record<string, string>>): VersionedWork {
  const { record, version, sequence, ...rest } = fields;
  if (record === undefined || version === undefined) {
    throw unknownSession(sessionId);
  }
  return {
    session: v.parse(StoredSession, record),
    version,
    sequence: Number(sequence),
    tasks: Object.entries(rest)
      .filter(([name]) => !FIELDS.includes(name))
      .map(([, task]) => v.parse(StoredTask, task))
      .sort((one, other) => one.position - other.position),
    texts: new Map(),
  };
}

/** The task of a member of the sets of tasks. */
export function taskIdOf(member: string): string {
  return member.slice(member.indexOf(' ') + 1);
}

/** Tasks that changed at the same time are in the order of their plan. */
function memberOf({ task_id: taskId, position }: TaskRecord): string {
  return `${String(position).padStart(6, '0')} ${taskId}`;
}

/** The number of the run is apart, where what is written looks at it. */
function sessionFields(session: SessionRecord): string[] {
  return ['record', JSON.stringify(session), 'run', String(session.run)];
}

/** In code points. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
