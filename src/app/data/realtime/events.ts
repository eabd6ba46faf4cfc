import {
  ErrorEvent,
  ProgressUpdate,
  SessionDeleted,
  SessionUpdate,
  Subscribed,
  TaskChunk,
  TaskUpdate,
} from '@creative-autogpt/protocol';
import { defineEvent } from '@creative-autogpt/realtime';

/** A session was created or changed. */
export const sessionUpdate = defineEvent('session.update', SessionUpdate);
/** A session and its tasks are gone. */
export const sessionDeleted = defineEvent('session.deleted', SessionDeleted);
/** A task was planned, began, ended or was put back. */
export const taskUpdate = defineEvent('task.update', TaskUpdate);
/** A session has come further. */
export const progressUpdate = defineEvent('progress.update', ProgressUpdate);
/** The server refused a message, or reports something that a person should know. */
export const errorEvent = defineEvent('error', ErrorEvent);
/** The answer to `subscribe`, with the state of the session subscribed to. */
export const subscribed = defineEvent('subscribed', Subscribed);
/** A running task wrote more. */
export const taskChunk = defineEvent('task.chunk', TaskChunk);
