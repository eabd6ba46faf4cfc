import {
  Ack,
  Batch,
  CommandResult,
  CreateSession,
  Decision,
  EvaluationResult,
  ExportRequest,
  Feedback,
  Health,
  NewFeedback,
  Overview,
  Progress,
  RenameSession,
  RestError,
  Session,
  SessionConfig,
  SessionGoal,
  SessionPage,
  StreamPosition,
  Task,
  TaskPage,
  TaskText,
} from '@creative-autogpt/protocol';
import {
  type ConversionConfig,
  type JsonSchema,
  toJsonSchema,
  toJsonSchemaDefs,
} from '@valibot/to-json-schema';
import type * as v from 'valibot';

/** The schemas of the protocol that documents call by their names. */
const NAMED = {
  Session,
  SessionGoal,
  SessionConfig,
  Feedback,
  Task,
  EvaluationResult,
  Progress,
  CreateSession,
  RenameSession,
  Decision,
  NewFeedback,
  ExportRequest,
  CommandResult,
  SessionPage,
  TaskPage,
  Overview,
  Health,
  RestError,
};

/** Those that only the WebSocket has. */
const NAMED_OF_SOCKET = { Ack, Batch, StreamPosition, TaskText };

/** A dialect of JSON Schema, and what it calls by name. */
export interface SchemaDialect {
  readonly target: NonNullable<ConversionConfig['target']>;
  readonly named: Readonly<Record<string, v.GenericSchema>>;
}

/** That of OpenAPI 3.1. */
export const OPENAPI_DIALECT: SchemaDialect = { target: 'draft-2020-12', named: NAMED };

/** That of AsyncAPI 3.0. */
export const ASYNCAPI_DIALECT: SchemaDialect = {
  target: 'draft-07',
  named: { ...NAMED, ...NAMED_OF_SOCKET },
};

/**
 * A schema as documents show it, those with names by reference. What JSON Schema cannot say, such as that a text is trimmed,
 * is left out.
 *
 * @param typeMode which side of a schema that transforms values: what goes in, what comes out, or both in one
 */
export function documentSchema(
  schema: v.GenericSchema,
  dialect: SchemaDialect,
  typeMode: NonNullable<ConversionConfig['typeMode']> = 'ignore',
): JsonSchema {
  const shown: JsonSchema = toJsonSchema(schema, { ...configOf(dialect), typeMode });
  delete shown.$schema;
  delete shown.$defs;
  delete shown.definitions;
  return shown;
}

/** All schemas with names. */
export function namedSchemas(dialect: SchemaDialect): Record<string, JsonSchema> {
  return toJsonSchemaDefs(dialect.named, configOf(dialect));
}

function configOf({ target, named }: SchemaDialect): ConversionConfig {
  return {
    target,
    definitions: named,
    errorMode: 'ignore',
    overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  };
}
