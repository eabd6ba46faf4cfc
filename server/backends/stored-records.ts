import * as v from 'valibot';
import type { Log } from '../ports/log';
import { damagedSession, ReadSessionRecord, type SessionRecord } from '../domain/session-record';
import { damagedTask, ReadTaskRecord, type TaskPlace, type TaskRecord } from '../domain/task-record';
import { type DamagedCount, UnstorableRecord } from '../ports/store';
import { RecentlyUsed } from './recently-used';
import { soundJson } from './sound-json';

const StoredSession = v.pipe(v.string(), v.transform(soundJson), v.parseJson(), ReadSessionRecord);
const StoredTask = v.pipe(v.string(), v.transform(soundJson), v.parseJson(), ReadTaskRecord);

/** Characters of the texts whose records are kept: some dozen long works. */
const KEPT_CHARACTERS = 16 * 1024 * 1024;

/** A record with the text that it was read from. */
interface ReadRecord<R> {
  readonly stored: string;
  readonly record: R;
}

/** The field of a task that is kept apart from its record. */
const TEXT_FIELD = 'result';

/** A record that cannot be read, or whose text cannot, and the field that does not fit. */
export const DamagedRecord = v.object({
  session_id: v.string(),
  /** None for the record of the session itself. */
  task_id: v.optional(v.string()),
  /** `result` for the text of a task. */
  field: v.string(),
});
export type DamagedRecord = v.InferOutput<typeof DamagedRecord>;

/**
 * A record as the text that is stored.
 *
 * @throws UnstorableRecord when it could not be read again: also for what JSON has no word for, such as NaN.
 */
export function toStored<TSchema extends v.GenericSchema>(
  schema: TSchema,
  record: v.InferOutput<TSchema>,
): string {
  const stored = JSON.stringify(record);
  const read = v.safeParse(schema, JSON.parse(stored));
  if (!read.success) {
    throw new UnstorableRecord(fieldOf(read.issues));
  }
  return stored;
}

/**
 * Reads records. A record that cannot be read is replaced by what is left of it, and breaks no other record.
 *
 * Checking the records of a long work takes longer than reading their texts. So those that were read are
 * kept: the same text is the same object again, as long as it is used from time to time.
 */
export class StoredRecords {
  readonly #sessions = new RecentlyUsed<ReadRecord<SessionRecord>>(KEPT_CHARACTERS / 4);
  readonly #tasks = new RecentlyUsed<ReadRecord<TaskRecord>>(KEPT_CHARACTERS);
  /** Ids of the records that are damaged, by session. */
  readonly #damaged = new Map<string, Set<string>>();
  /** Ids of the tasks whose texts are damaged; each is among the damaged records, too. */
  readonly #damagedTexts = new Set<string>();

  constructor(private readonly log: Pick<Log, 'error'>) {}

  /** How many records were found damaged, and are neither deleted nor found sound since. */
  get damagedCount(): DamagedCount {
    const sessions = Array.from(this.#damaged).filter(([sessionId, names]) => names.has(sessionId)).length;
    const records = Array.from(this.#damaged.values()).reduce((sum, { size }) => sum + size, 0);
    return { sessions, tasks: records - sessions };
  }

  session(sessionId: string, stored: string): SessionRecord {
    const known = this.#sessions.get(sessionId);
    if (known?.stored === stored) {
      return known.record;
    }
    const read = v.safeParse(StoredSession, stored);
    if (read.success && read.output.id === sessionId) {
      this.forget(sessionId, sessionId);
      this.#sessions.set(sessionId, { stored, record: read.output }, stored.length);
      return read.output;
    }
    return this.damagedSession(sessionId, stored, read.issues);
  }

  /** The session whose record cannot be read, or cannot be used as what is kept beside it is damaged. */
  damagedSession(sessionId: string, stored: string, issues?: readonly v.BaseIssue<unknown>[]): SessionRecord {
    this.#sessions.delete(sessionId);
    this.note({ session_id: sessionId, field: fieldOf(issues) });
    return damagedSession(sessionId, soundJson(stored));
  }

  task(place: TaskPlace, stored: string): TaskRecord {
    const { taskId, sessionId } = place;
    const known = this.#tasks.get(taskId);
    if (known?.stored === stored && known.record.session_id === sessionId) {
      return known.record;
    }
    const read = v.safeParse(StoredTask, stored);
    if (read.success && read.output.task_id === taskId && read.output.session_id === sessionId) {
      if (this.#damagedTexts.has(taskId)) {
        return { ...read.output, damaged: true };
      }
      // Another process may have written it anew.
      this.forget(sessionId, taskId);
      this.#tasks.set(taskId, { stored, record: read.output }, stored.length);
      return read.output;
    }
    this.#tasks.delete(taskId);
    this.note({ session_id: sessionId, task_id: taskId, field: fieldOf(read.issues) });
    return damagedTask(place, soundJson(stored));
  }

  /** The task whose text has lost some of its characters: they cannot be had back but by writing it anew. */
  withDamagedText(task: TaskRecord): TaskRecord {
    this.note({ session_id: task.session_id, task_id: task.task_id, field: TEXT_FIELD });
    return { ...task, damaged: true };
  }

  /** Counts a damaged record, and names it in the log once, without what it says, which is a person's. */
  note(record: DamagedRecord): void {
    const { session_id: sessionId, task_id: taskId, field } = record;
    if (taskId !== undefined && field === TEXT_FIELD) {
      this.#damagedTexts.add(taskId);
      this.#tasks.delete(taskId);
    }
    const known = this.#damaged.get(sessionId) ?? new Set();
    const name = taskId ?? sessionId;
    if (!known.has(name)) {
      known.add(name);
      this.#damaged.set(sessionId, known);
      this.log.error(record, 'a stored record is damaged and is set aside');
    }
  }

  /** Whether a task was found damaged, and not sound since. */
  isDamaged({ session_id: sessionId, task_id: taskId }: Pick<TaskRecord, 'session_id' | 'task_id'>): boolean {
    return this.#damaged.get(sessionId)?.has(taskId) === true;
  }

  /**
   * The record is no longer there, or is sound.
   *
   * @param id of the record's session or task. @default the session and all its tasks
   */
  forget(sessionId: string, id?: string): void {
    const damaged = this.#damaged.get(sessionId);
    for (const forgotten of id === undefined ? (damaged ?? []) : [id]) {
      this.#damagedTexts.delete(forgotten);
    }
    if (id !== undefined) {
      damaged?.delete(id);
    }
    if (id === undefined || damaged?.size === 0) {
      this.#damaged.delete(sessionId);
    }
  }
}

/** @param issues none where the record is that of something else */
function fieldOf(issues: readonly v.BaseIssue<unknown>[] = []): string {
  const [issue] = issues;
  if (issue === undefined) {
    return 'id';
  }
  return v.getDotPath(issue) ?? 'record';
}
