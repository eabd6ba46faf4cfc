import { SESSION_STATUSES, TASK_STATUSES } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { StoredPart } from '../../domain/export/export-stored';
import type { StatusCounts } from '../../domain/overview-of';
import type { SessionRecord } from '../../domain/session-record';
import type { TaskRecord } from '../../domain/task-record';
import type { WorkState } from '../../domain/work-draft';
import type { Page, Positioned, SessionsPageQuery, TasksPageQuery } from '../../ports/store';
import type { Depth, Facts, RecordReads, Scope, WrittenTask } from '../storage';
import { epochOf } from '../stored-journal';
import type { StoredRecords } from '../stored-records';
import type { JournalScripts, ReadScript } from './journal-scripts';
import type { OwnerKeys } from './redis-keys';
import { HEAD, sessionOf, storedParts, taskOf, type VersionedWork, workOf } from './redis-work';
import { type RedisCommand, spelled } from './scripts';

/** The fields of a hash, as scripts give them: names and values in turn. */
const HashFields = v.pipe(
  v.array(v.string()),
  v.transform((words): Readonly<Record<string, string>> => {
    const pairs = words.flatMap((name, at) => (at % 2 === 0 ? [[name, words[at + 1] ?? ''] as const] : []));
    return Object.fromEntries(pairs);
  }),
);

/** A hash. What is of another type has an empty record, as a hash whose record is damaged. */
const Fields = v.union([
  HashFields,
  v.pipe(
    v.instance(Error),
    v.transform((): Readonly<Record<string, string>> => ({ record: '' })),
  ),
]);
const SessionsPage = v.tuple([v.number(), v.array(v.tupleWithRest([v.string()], v.nullable(v.string())))]);
const TasksPage = v.tuple([
  v.number(),
  v.array(v.tuple([v.string(), v.nullable(v.string()), v.nullable(v.string())])),
]);
const LoadedFacts = v.tuple([Fields, v.nullable(v.string()), v.number(), v.nullable(v.string())]);
/** Of one task; none where texts are of another type. */
const TaskText = v.fallback(v.nullable(v.string()), null);
const Texts = v.array(v.nullable(v.string()));
/** The fields of `HEAD`. What is of another type has an empty record and nothing else. */
const Head = v.union([
  v.array(v.nullable(v.string())),
  v.pipe(
    v.instance(Error),
    v.transform((): readonly (string | null)[] => ['', null, null]),
  ),
]);

/** How a number is kept; nothing where it is none. */
const StoredCount = v.fallback(v.pipe(v.string(), v.digits(), v.transform(Number)), 0);

/** What is loaded to decide a change. */
export interface Loaded extends Omit<Facts, 'now'> {
  /** The stored epoch that it is from. */
  readonly epoch: string;
  readonly work: VersionedWork | undefined;
}

/**
 * Reads the records of one owner. Each answer is that of one script, during which nothing else happens in
 * Redis.
 */
export class RedisReads implements RecordReads {
  constructor(
    private readonly owner: string,
    private readonly owned: OwnerKeys,
    private readonly scripts: JournalScripts,
    private readonly records: StoredRecords,
  ) {}

  async work(sessionId: string, depth: Depth): Promise<Positioned<WorkState | undefined>> {
    if (depth === 'session') {
      return this.#sessionAlone(sessionId);
    }
    const texts: RedisCommand[] = depth === 'texts' ? [['HGETALL', this.owned.texts(sessionId)]] : [];
    const { value, position } = await this.#ask(['HGETALL', this.owned.session(sessionId)], ...texts);
    const work = workOf(this.records, sessionId, v.parse(Fields, value[0]));
    const written = Object.entries(v.parse(Fields, value[1] ?? []));
    return { value: work && { ...work, texts: new Map(written) }, position };
  }

  /** Without its tasks, which may be many. */
  async #sessionAlone(sessionId: string): Promise<Positioned<WorkState | undefined>> {
    const { value, position } = await this.#ask(['HMGET', this.owned.session(sessionId), ...HEAD]);
    const head = v.parse(Head, value[0]);
    const isThere = head.some((field) => field !== null);
    const session = isThere ? sessionOf(this.records, sessionId, head) : undefined;
    return { value: session && { session, tasks: [], texts: new Map() }, position };
  }

  async task(taskId: string): Promise<Positioned<WrittenTask | undefined>> {
    // A task stays in its session: only what is read of the session has to be of one moment.
    const { value } = await this.#ask(['HGET', this.owned.sessionOfTask, taskId]);
    const sessionId = v.parse(v.nullable(v.string()), value[0]) ?? '';
    const { value: answers, position } = await this.#ask(
      ['HGETALL', this.owned.session(sessionId)],
      ['HGET', this.owned.texts(sessionId), taskId],
    );
    const work = workOf(this.records, sessionId, v.parse(Fields, answers[0]));
    const record = work?.tasks.find(({ task_id: id }) => id === taskId);
    const text = v.parse(TaskText, answers[1]);
    return { value: record && { record, text }, position };
  }

  async sessions(query: SessionsPageQuery): Promise<Positioned<Page<SessionRecord>>> {
    const { owned } = this;
    const { value, position } = await this.#run(
      'sessionsPage',
      [owned.sessions(query.status)],
      [...rangeOf(query), owned.session('')],
    );
    const [total, found] = v.parse(SessionsPage, value);
    const items = found.flatMap(([id, ...head]) =>
      head.every((field) => field === null) ? [] : [sessionOf(this.records, id, head)],
    );
    return { value: { items, total }, position };
  }

  async tasks(query: Omit<TasksPageQuery, 'sessionId'>): Promise<Positioned<Page<TaskRecord>>> {
    const { owned } = this;
    const { value, position } = await this.#run(
      'tasksPage',
      [owned.tasks(query.status), owned.sessionOfTask],
      [...rangeOf(query), owned.session('')],
    );
    const [total, found] = v.parse(TasksPage, value);
    const items = found.flatMap(([member, sessionId, stored]) =>
      sessionId === null || stored === null
        ? []
        : [this.records.task({ ...taskOf(member), sessionId }, stored)],
    );
    return { value: { items, total }, position };
  }

  async counts(): Promise<Positioned<StatusCounts>> {
    const { owned } = this;
    const { value, position } = await this.#ask(
      ['GET', owned.characters],
      ...SESSION_STATUSES.map((status): RedisCommand => ['ZCARD', owned.sessions(status)]),
      ...TASK_STATUSES.map((status): RedisCommand => ['ZCARD', owned.tasks(status)]),
    );
    const [characters, ...counts] = value;
    const counted = v.parse(v.array(v.number()), counts);
    const countsOf = <S extends string>(statuses: readonly S[], from: number): ReadonlyMap<S, number> =>
      new Map(statuses.map((status, index) => [status, counted[from + index] ?? 0]));
    return {
      value: {
        sessions: countsOf(SESSION_STATUSES, 0),
        tasks: countsOf(TASK_STATUSES, SESSION_STATUSES.length),
        characters: v.parse(StoredCount, characters),
      },
      position,
    };
  }

  async stored(sessionId: string): Promise<readonly StoredPart[]> {
    const { owned } = this;
    const { value } = await this.#ask(
      ['HGETALL', owned.session(sessionId)],
      ['HGETALL', owned.texts(sessionId)],
      ['HGETALL', owned.setAside(sessionId)],
    );
    const [session, texts, setAside] = v.parse(v.tuple([Fields, Fields, Fields]), value);
    return storedParts(sessionId, session, texts, setAside);
  }

  /**
   * What a change is decided by. Nothing is kept under an empty id, so that a scope without one finds
   * nothing.
   */
  async load({ sessionId = '', commandId = '' }: Scope): Promise<Loaded> {
    const { owned } = this;
    const commands: RedisCommand[] = [
      ['HGETALL', owned.session(sessionId)],
      ['GET', owned.answer(commandId)],
      ['ZCARD', owned.sessions()],
      ['HGET', owned.totals, 'work_bytes'],
    ];
    const { epoch, answers } = await this.scripts.read('read', owned, [], spelled(commands));
    const [fields, answer, sessions, bytes] = v.parse(LoadedFacts, answers);
    const work = workOf(this.records, sessionId, fields);
    const unfinished = work?.tasks.filter(
      ({ status, damaged }) => status === 'pending_approval' || damaged === true,
    );
    const texts = await this.textsOf(sessionId, unfinished ?? []);
    return {
      work: work && { ...work, texts },
      answer: answer ?? undefined,
      sessions,
      bytes: v.parse(StoredCount, bytes),
      epoch,
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
    const { value } = await this.#ask(['HMGET', this.owned.texts(sessionId), ...ids]);
    const texts = v.parse(Texts, value[0]);
    return new Map(
      ids.flatMap((id, index): [string, string][] => {
        const text = texts[index];
        return typeof text === 'string' ? [[id, text]] : [];
      }),
    );
  }

  /** What Redis answers to commands that only read, one after the other. */
  #ask(...commands: readonly RedisCommand[]): Promise<Positioned<readonly unknown[]>> {
    return this.#run('read', [], spelled(commands));
  }

  async #run(
    script: ReadScript,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<Positioned<readonly unknown[]>> {
    const { epoch, offset, answers } = await this.scripts.read(script, this.owned, keys, args);
    return { value: answers, position: { epoch: epochOf(this.owner, epoch), offset } };
  }
}

/** First and last place of a page in a sorted set. */
function rangeOf({ page, pageSize }: { readonly page: number; readonly pageSize: number }): string[] {
  const first = (page - 1) * pageSize;
  return [String(first), String(first + pageSize - 1)];
}
