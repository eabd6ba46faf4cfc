import * as v from 'valibot';
import { ERROR_CODES } from './client-messages';
import { Count } from './count';
import { Session, SessionConfig, SessionGoal, SESSION_STATUSES, SessionStatus } from './session';
import { infiniteNumberIn, soundText, soundTitle, soundValue, VISIBLE } from './sound-text';
import { Task, TaskStatus, TASK_STATUSES } from './task';

/** Longest title a session may have, in UTF-16 code units. */
export const MAX_TITLE_LENGTH = 200;
export const MAX_PAGE_SIZE = 100;

const Title = v.pipe(
  v.string(),
  v.transform(soundTitle),
  v.minLength(1),
  v.maxLength(MAX_TITLE_LENGTH),
  v.regex(VISIBLE, 'Invalid text: Expected a visible character'),
);
/**
 * The fields of an object, those that its schema does not name among them. An array is an object, too, to a
 * schema that lets any further fields pass.
 */
const soundFields = <T extends object>() =>
  v.pipe(
    v.custom<T>((value) => !Array.isArray(value), 'Expected an object'),
    v.check(
      (value) => infiniteNumberIn(value) === undefined,
      ({ input }) => `Invalid number: "${infiniteNumberIn(input) ?? ''}" is too large`,
    ),
    v.transform((value: T): unknown => soundValue(value)),
  );
const queryInteger = (fallback: number, minimum: number, maximum: number) =>
  v.optional(
    v.pipe(v.string(), v.digits(), v.transform(Number), v.number(), v.minValue(minimum), v.maxValue(maximum)),
    String(fallback),
  );

/**
 * Headers of answers that were read: where in the journal, so that a client can tell which events are newer.
 * They have the `epoch` and `offset` of the WebSocket's `connected`.
 */
export const POSITION_HEADERS = { epoch: 'Realtime-Epoch', offset: 'Realtime-Offset' } as const;

/** `POST /sessions` */
export const CreateSession = v.looseObject({
  title: Title,
  mode: v.optional(v.pipe(v.string(), v.transform(soundText), v.minLength(1), v.maxLength(50)), 'novel'),
  goal: v.optional(v.pipe(soundFields<SessionGoal>(), SessionGoal), {}),
  config: v.optional(v.pipe(soundFields<SessionConfig>(), SessionConfig), {}),
});
export type CreateSession = v.InferOutput<typeof CreateSession>;
export type CreateSessionInput = v.InferInput<typeof CreateSession>;

/** `PATCH /sessions/{id}`: rename. */
export const RenameSession = v.looseObject({ title: Title });
export type RenameSession = v.InferOutput<typeof RenameSession>;

/** Query of `GET /sessions`: `page` from 1, `page_size` 1 to 100. */
export const SessionsQuery = v.looseObject({
  page: queryInteger(1, 1, 1_000_000),
  page_size: queryInteger(20, 1, MAX_PAGE_SIZE),
  status_filter: v.optional(SessionStatus),
});
export type SessionsQuery = v.InferOutput<typeof SessionsQuery>;

/** Query of `GET /tasks`. */
export const TasksQuery = v.looseObject({
  page: queryInteger(1, 1, 1_000_000),
  page_size: queryInteger(50, 1, MAX_PAGE_SIZE),
  status_filter: v.optional(TaskStatus),
  session_id: v.optional(v.string()),
});
export type TasksQuery = v.InferOutput<typeof TasksQuery>;

/** One page of a list, newest first; `total` counts every page. */
export const SessionPage = v.looseObject({
  items: v.array(Session),
  total: Count,
  page: Count,
  page_size: Count,
});
export type SessionPage = v.InferOutput<typeof SessionPage>;

/** One page of tasks of all sessions, last changed first, without their texts. */
export const TaskPage = v.looseObject({ items: v.array(Task), total: Count, page: Count, page_size: Count });
export type TaskPage = v.InferOutput<typeof TaskPage>;

/** `GET /overview` */
export const Overview = v.looseObject({
  sessions: v.object({
    total: Count,
    ...v.entriesFromList(SESSION_STATUSES, Count),
  }),
  tasks: v.object({ total: Count, ...v.entriesFromList(TASK_STATUSES, Count) }),
  /** Characters in all finished texts. */
  characters_written: Count,
});
export type Overview = v.InferOutput<typeof Overview>;

/** `POST /sessions/{id}/start|pause|resume|stop` and `DELETE /sessions/{id}` */
export const CommandResult = v.looseObject({
  success: v.boolean(),
  message: v.string(),
  data: v.nullable(Session),
});
export type CommandResult = v.InferOutput<typeof CommandResult>;

/** `raw` is everything as it is stored, damaged or not. */
export const EXPORT_FORMATS = ['txt', 'md', 'json', 'raw'] as const;
/** `POST /sessions/{id}/export` */
export const ExportRequest = v.looseObject({ format: v.picklist(EXPORT_FORMATS) });
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** `GET /health` */
export const Health = v.looseObject({
  status: v.string(),
  version: v.string(),
  llm_providers: v.array(v.string()),
  storage_status: v.string(),
  memory_status: v.string(),
  /** Why `status` is not `healthy`. */
  detail: v.optional(v.string()),
});
export type Health = v.InferOutput<typeof Health>;

/** Codes of REST errors: those of the WebSocket, and what only HTTP knows. */
export const REST_ERROR_CODES = [
  ...ERROR_CODES,
  'not_found',
  'forbidden',
  'too_many_requests',
  'too_large',
  'unsupported_type',
  'upgrade_required',
] as const;
export type RestErrorCode = (typeof REST_ERROR_CODES)[number];

/** Every REST answer with a 4xx or 5xx status. */
export const RestError = v.looseObject({
  /** What happened, in English; for developers. */
  detail: v.string(),
  /** One of `REST_ERROR_CODES`, or another that is newer than the client; servers before it send none. */
  code: v.optional(v.string()),
});
export type RestError = v.InferOutput<typeof RestError>;
