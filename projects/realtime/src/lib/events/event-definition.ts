import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { RealtimeMessage } from '../realtime-message';

/** An event by its name and the type of its messages. */
export interface EventDefinition<Message = RealtimeMessage> {
  readonly name: string;
  /** Validates the whole message; its output is what subscribers get. */
  readonly schema?: StandardSchemaV1<unknown, Message>;
}

/**
 * Names an event and describes its whole message by any Standard Schema (valibot, zod, arktype…). A message
 * that does not satisfy the schema is reported on `errors` and given to nobody.
 *
 * ```ts
 * const taskUpdate = defineEvent('task.update', v.looseObject({
 *   event: v.literal('task.update'),
 *   data: v.looseObject({ task_id: v.string(), status: v.string() }),
 * }));
 * ```
 */
export function defineEvent<Schema extends StandardSchemaV1>(
  name: string,
  schema: Schema,
): EventDefinition<StandardSchemaV1.InferOutput<Schema>>;
/** Names an event whose messages are passed on as they are. */
export function defineEvent(name: string): EventDefinition;
export function defineEvent(name: string, schema?: StandardSchemaV1): EventDefinition<unknown> {
  return schema === undefined ? { name } : { name, schema };
}
