import * as v from 'valibot';
import { Count } from './count';
import { Ack, Authenticated, Batch, Connected, ErrorEvent, Pong } from './connection';
import { Progress } from './progress';
import { Session, SessionStatus } from './session';
import { EvaluationResult, Task, TaskStatus } from './task';

/**
 * What the server sends besides the messages of the connection. Each schema describes the whole message;
 * fields it does not name pass through. See docs/PROTOCOL.md for when each is sent.
 */

/** What an event of the journal carries for a client that agreed on `resume`: its offset, from 1. */
const JOURNALED = { id: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))) };

/**
 * `session.update`: fields of a session, always with its status and counts. Those that it lacks are as they
 * were.
 */
export const SessionUpdate = v.looseObject({
  ...JOURNALED,
  event: v.literal('session.update'),
  session_id: v.string(),
  data: v.looseObject({
    ...v.partial(Session).entries,
    status: SessionStatus,
    completed_tasks: Count,
    total_tasks: Count,
  }),
});
export type SessionUpdate = v.InferOutput<typeof SessionUpdate>;

/** `session.deleted`: the session and its tasks are gone. */
export const SessionDeleted = v.looseObject({
  ...JOURNALED,
  event: v.literal('session.deleted'),
  session_id: v.string(),
});
export type SessionDeleted = v.InferOutput<typeof SessionDeleted>;

/** `task.update`: the fields of a task that changed, always with its id and status. */
export const TaskUpdate = v.looseObject({
  ...JOURNALED,
  event: v.literal('task.update'),
  session_id: v.optional(v.string()),
  data: v.looseObject({
    ...v.partial(Task).entries,
    task_id: v.string(),
    status: TaskStatus,
    evaluation: v.nullish(EvaluationResult),
  }),
});
export type TaskUpdate = v.InferOutput<typeof TaskUpdate>;

/** `progress.update`: how far a session has come. */
export const ProgressUpdate = v.looseObject({
  ...JOURNALED,
  event: v.literal('progress.update'),
  session_id: v.optional(v.string()),
  data: Progress,
});
export type ProgressUpdate = v.InferOutput<typeof ProgressUpdate>;

/** What a running task has written so far. Chunks from `index` on follow. */
export const TaskText = v.looseObject({ task_id: v.string(), index: Count, text: v.string() });
export type TaskText = v.InferOutput<typeof TaskText>;

/** `subscribed`: the answer to `subscribe`; with a session, its state at this point of the stream. */
export const Subscribed = v.looseObject({
  event: v.literal('subscribed'),
  session_id: v.optional(v.string()),
  data: v.optional(v.looseObject({ session: Session, progress: Progress, writing: v.nullable(TaskText) })),
});
export type Subscribed = v.InferOutput<typeof Subscribed>;

/** `unsubscribed`: the answer to `unsubscribe`. */
export const Unsubscribed = v.looseObject({
  event: v.literal('unsubscribed'),
  session_id: v.optional(v.string()),
});

/** `task.chunk`: the next piece of a running task's text, `index` counting from 0 in each attempt. */
export const TaskChunk = v.looseObject({
  event: v.literal('task.chunk'),
  session_id: v.string(),
  data: TaskText,
});
export type TaskChunk = v.InferOutput<typeof TaskChunk>;

/** The events that a server keeps in its journal, and gives an offset there. */
export const JournaledEvent = v.variant('event', [SessionUpdate, SessionDeleted, TaskUpdate, ProgressUpdate]);
export type JournaledEvent = v.InferOutput<typeof JournaledEvent>;

/** Any event this protocol names. */
export const ServerEvent = v.variant('event', [
  SessionUpdate,
  SessionDeleted,
  TaskUpdate,
  ProgressUpdate,
  ErrorEvent,
  Connected,
  Authenticated,
  Pong,
  Subscribed,
  Unsubscribed,
  TaskChunk,
  Ack,
  Batch,
]);
export type ServerEvent = v.InferOutput<typeof ServerEvent>;

/** What each event says, as `/asyncapi.json` says it. */
export const SERVER_EVENT_SUMMARIES: Readonly<Record<ServerEvent['event'], string>> = {
  'session.update': 'A session was made, renamed, given feedback, or changed status or counts.',
  'session.deleted': 'A session was deleted.',
  'task.update': 'A task was planned, began, waits for approval, ended, or was put back.',
  'progress.update': 'How far a session has come.',
  error: 'A message was refused.',
  connected: 'The answer to connect.',
  authenticated: 'The answer to authenticate.',
  pong: 'The answer to ping.',
  subscribed: 'The answer to subscribe, with the state of the session.',
  unsubscribed: 'The answer to unsubscribe.',
  'task.chunk': 'A running task wrote more.',
  ack: 'What became of a message with an id.',
  batch: 'Several messages in one frame.',
};
