import * as v from 'valibot';
import type { StoredPart } from '../../domain/export/export-stored';
import type { SessionRecord } from '../../domain/session-record';
import type { TaskRecord } from '../../domain/task-record';
import type { WorkState } from '../../domain/work-draft';
import type { StoredRecords } from '../stored-records';

/** A session as it is kept, and what tells this state of it from others. */
export interface VersionedWork extends WorkState {
  readonly version: string;
  /** Place of the session among those of its owner. */
  readonly sequence: number;
  /** The texts that are stored of the session in `record`, and of its tasks by their ids. */
  readonly stored: Readonly<Record<string, string>>;
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
export const FIELDS: readonly string[] = [...HEAD, 'run'];

/** What a hash of a session says, without its texts; undefined where it is empty. */
export function workOf(
  records: StoredRecords,
  sessionId: string,
  fields: Readonly<Record<string, string>>,
): VersionedWork | undefined {
  if (Object.keys(fields).length === 0) {
    return undefined;
  }
  const { version = '', sequence } = fields;
  const head = HEAD.map((name) => fields[name] ?? null);
  return {
    session: sessionOf(records, sessionId, head),
    version,
    sequence: Number(sequence),
    stored: Object.fromEntries(
      Object.entries(fields).filter(([name]) => name === 'record' || !FIELDS.includes(name)),
    ),
    tasks: tasksOf(records, sessionId, fields),
    texts: new Map(),
  };
}

/** The session of what `HEAD` names. */
export function sessionOf(
  records: StoredRecords,
  sessionId: string,
  [record, version, sequence]: readonly (string | null)[],
): SessionRecord {
  const isSound = WHOLE_NUMBER.test(version ?? '') && WHOLE_NUMBER.test(sequence ?? '');
  return isSound ? records.session(sessionId, record ?? '') : records.damagedSession(sessionId, record ?? '');
}

/** In the order of the plan: those whose place is damaged are where one is missing. */
function tasksOf(
  records: StoredRecords,
  sessionId: string,
  fields: Readonly<Record<string, string>>,
): TaskRecord[] {
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
      return records.task({ taskId, sessionId, position }, text);
    })
    .sort((one, other) => one.position - other.position);
}

/** The task of a member of the sets of tasks, and its place in the plan. */
export function taskOf(member: string): { readonly taskId: string; readonly position: number } {
  const end = member.indexOf(' ');
  return { taskId: member.slice(end + 1), position: Number(member.slice(0, end)) };
}

/** What hashes say of a session: its records, its texts, and what was set aside of them. */
export function storedParts(
  sessionId: string,
  fields: Readonly<Record<string, string>>,
  texts: Readonly<Record<string, string>>,
  setAside: Readonly<Record<string, string>>,
): readonly StoredPart[] {
  const partOf = (
    of: StoredPart['of'],
    id: string,
    text: string,
    setAsideAt: string | null = null,
  ): StoredPart => ({
    of,
    id,
    setAsideAt,
    bytes: Buffer.from(text),
  });
  const { record } = fields;
  return [
    ...(record === undefined ? [] : [partOf('session', sessionId, record)]),
    ...Object.entries(fields)
      .filter(([name]) => !FIELDS.includes(name))
      .map(([taskId, text]) => partOf('task', taskId, text)),
    ...Object.entries(texts).map(([taskId, text]) => partOf('text', taskId, text)),
    ...Object.entries(setAside)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([name, text]) => {
        const [taskId = '', at = '', of] = name.split(' ');
        return partOf(of === 'text' ? 'text' : 'task', taskId, text, at);
      }),
  ];
}
