import { SESSION_STATUSES, TASK_STATUSES } from '@creative-autogpt/protocol';
import { SessionRecord } from '../../domain/session-record';
import { TaskRecord } from '../../domain/task-record';
import type { WorkChanges } from '../../domain/work-draft';
import { toStored } from '../stored-records';
import type { OwnerKeys, RedisKeys } from './redis-keys';
import type { VersionedWork } from './redis-work';
import type { RedisCommand } from './scripts';

/** The commands that make a change of one owner's sessions true. */
export class RedisWrites {
  constructor(
    private readonly owner: string,
    private readonly keys: RedisKeys,
    private readonly owned: OwnerKeys,
  ) {}

  create(session: SessionRecord, sequence: number): RedisCommand[] {
    const { owned } = this;
    const { id, status } = session;
    const record = toStored(SessionRecord, session);
    return [
      ['HSET', owned.session(id), ...sessionFields(session, record), 'version', 1, 'sequence', sequence],
      this.#grow(bytesOf(record)),
      ['ZADD', owned.sessions(), sequence, id],
      ['ZADD', owned.sessions(status), sequence, id],
    ];
  }

  update(before: VersionedWork, { session, tasks, texts, isToBeRun }: WorkChanges): RedisCommand[] {
    const { owned, keys } = this;
    const { id, status } = session;
    const launch = `${encodeURIComponent(this.owner)} ${id}`;
    const record = toStored(SessionRecord, session);
    return [
      ['HSET', owned.session(id), ...sessionFields(session, record)],
      this.#grow(bytesOf(record) - bytesOf(before.stored['record'])),
      ['HINCRBY', owned.session(id), 'version', 1],
      ['ZREM', owned.sessions(before.session.status), id],
      ['ZADD', owned.sessions(status), before.sequence, id],
      isToBeRun ? ['HSET', keys.toBeRun, launch, session.launch] : ['HDEL', keys.toBeRun, launch],
      ...tasks.flatMap((task) => this.#taskWrites(before, task)),
      ...Array.from(texts).flatMap(([taskId, text]) => this.#textWrites(before, taskId, text)),
    ];
  }

  /** Also of a session that cannot be read. @param texts all that it has */
  delete(work: VersionedWork, texts: ReadonlyMap<string, string>): RedisCommand[] {
    const { owned, keys } = this;
    const { id } = work.session;
    const characters = Array.from(texts.values()).reduce((sum, text) => sum + lengthOf(text), 0);
    const bytes = [...Object.values(work.stored), ...texts.values()].reduce(
      (sum, text) => sum + bytesOf(text),
      0,
    );
    return [
      [
        'DEL',
        owned.session(id),
        owned.texts(id),
        owned.writing(id),
        owned.writingText(id),
        owned.setAside(id),
      ],
      ...[undefined, ...SESSION_STATUSES].map((status): RedisCommand => ['ZREM', owned.sessions(status), id]),
      ['HDEL', keys.toBeRun, `${encodeURIComponent(this.owner)} ${id}`],
      ['INCRBY', owned.characters, -characters],
      this.#grow(-bytes),
      ...work.tasks.flatMap((task): RedisCommand[] => [
        ...this.#removals(work, task),
        ['HDEL', owned.sessionOfTask, task.task_id],
      ]),
    ];
  }

  /** Takes a task out of the sets of tasks. Of a damaged one it is not known where it is in them. */
  #removals({ tasks }: VersionedWork, task: TaskRecord): RedisCommand[] {
    const { owned } = this;
    if (task.damaged !== true) {
      return [undefined, task.status].map((status) => ['ZREM', owned.tasks(status), memberOf(task)]);
    }
    const members = tasks.map((_, position) => memberOf({ ...task, position }));
    return [undefined, ...TASK_STATUSES].map((status) => ['ZREM', owned.tasks(status), ...members]);
  }

  #taskWrites(work: VersionedWork, task: TaskRecord): RedisCommand[] {
    const { owned } = this;
    const { session, tasks } = work;
    const before = tasks.find(({ task_id: taskId }) => taskId === task.task_id);
    const changedAt = Date.parse(task.updated_at);
    const member = memberOf(task);
    const record = toStored(TaskRecord, task);
    const writes: RedisCommand[] = [
      ['HSET', owned.session(session.id), task.task_id, record],
      this.#grow(bytesOf(record) - bytesOf(work.stored[task.task_id])),
      ['ZADD', owned.tasks(), changedAt, member],
      ['ZADD', owned.tasks(task.status), changedAt, member],
    ];
    if (before === undefined) {
      writes.push(['HSET', owned.sessionOfTask, task.task_id, session.id]);
    } else if (before.damaged === true) {
      return [...this.#setAside(work, task), ...this.#removals(work, before), ...writes];
    } else if (before.status !== task.status) {
      writes.push(['ZREM', owned.tasks(before.status), member]);
    }
    return writes;
  }

  /** Keeps what is stored of a damaged task that is written anew. */
  #setAside(
    { session, stored, texts }: VersionedWork,
    { task_id: taskId, updated_at: now }: TaskRecord,
  ): RedisCommand[] {
    const text = texts.get(taskId);
    const kept = [
      ...[`${taskId} ${now} task`, stored[taskId] ?? ''],
      ...(text === undefined ? [] : [`${taskId} ${now} text`, text]),
    ];
    return [['HSET', this.owned.setAside(session.id), ...kept]];
  }

  #textWrites({ session, texts }: VersionedWork, taskId: string, text: string | null): RedisCommand[] {
    const { owned } = this;
    const key = owned.texts(session.id);
    return [
      text === null ? ['HDEL', key, taskId] : ['HSET', key, taskId, text],
      ['INCRBY', owned.characters, lengthOf(text ?? '') - lengthOf(texts.get(taskId) ?? '')],
      this.#grow(bytesOf(text ?? '') - bytesOf(texts.get(taskId))),
    ];
  }

  /** What the owner has stored becomes longer, or shorter. */
  #grow(bytes: number): RedisCommand {
    return ['HINCRBY', this.owned.totals, 'work_bytes', bytes];
  }
}

/** Tasks that changed at the same time are in the order of their plan. */
function memberOf({ task_id: taskId, position }: TaskRecord): string {
  return `${String(position).padStart(6, '0')} ${taskId}`;
}

/** The number of the run is apart, where what is written looks at it. */
function sessionFields(session: SessionRecord, record: string): string[] {
  return ['record', record, 'run', String(session.run)];
}

function bytesOf(text = ''): number {
  return Buffer.byteLength(text);
}

/** In code points. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
