import {
  ErrorEvent,
  ProgressUpdate,
  SessionDeleted,
  SessionUpdate,
  Subscribed,
  TaskChunk,
  TaskUpdate,
} from '@creative-autogpt/protocol';
import { defineEvent, type EventDefinition } from '@creative-autogpt/realtime';
import type * as v from 'valibot';

/** A schema of the protocol that describes the messages of one event. */
interface MessageSchema extends v.GenericSchema {
  readonly entries: { readonly event: v.LiteralSchema<string, undefined> };
}

/**
 * The event that a schema of the protocol describes. Events with listeners in several files are defined
 * below, so that each message is validated once; an event with one listener is defined beside its listener.
 */
export function eventOf<Schema extends MessageSchema>(
  schema: Schema,
): EventDefinition<v.InferOutput<Schema>> {
  return defineEvent(schema.entries.event.literal, schema);
}

export const sessionUpdate = eventOf(SessionUpdate);
export const sessionDeleted = eventOf(SessionDeleted);
export const taskUpdate = eventOf(TaskUpdate);
export const progressUpdate = eventOf(ProgressUpdate);
export const errorEvent = eventOf(ErrorEvent);
export const subscribed = eventOf(Subscribed);
export const taskChunk = eventOf(TaskChunk);
