import * as protocol from '@creative-autogpt/protocol';
import {
  type ConversionConfig,
  type JsonSchema,
  toJsonSchema,
  toJsonSchemaDefs,
} from '@valibot/to-json-schema';
import type * as v from 'valibot';

/** A dialect of JSON Schema. */
export type SchemaDialect = NonNullable<ConversionConfig['target']>;

/** That of OpenAPI 3.1. */
export const OPENAPI_DIALECT: SchemaDialect = 'draft-2020-12';

/** That of AsyncAPI 3.0. */
export const ASYNCAPI_DIALECT: SchemaDialect = 'draft-07';

const REFERENCE = '#/components/schemas/';

/** The objects of the protocol, which documents call by their names. */
const NAMED = Object.fromEntries(
  Object.entries(protocol).flatMap(([name, part]) => (isObjectSchema(part) ? [[name, part] as const] : [])),
);

/**
 * A schema as documents show it, those with names by reference. What JSON Schema cannot say, such as that a
 * text is trimmed, is left out.
 */
export function documentSchema(schema: v.GenericSchema, dialect: SchemaDialect): JsonSchema {
  return convert(schema, { target: dialect, definitions: NAMED });
}

/**
 * The parameters of a query as what they are read as: the texts of an address that stand for numbers, as
 * numbers.
 */
export function documentQuery(query: v.GenericSchema, dialect: SchemaDialect): JsonSchema {
  const { properties = {}, ...shown } = convert(query, { target: dialect, typeMode: 'output' });
  const read = Object.entries(properties).map(([name, property]) => [name, asRead(property)] as const);
  return { ...shown, properties: Object.fromEntries(read) };
}

/** The document with the named schemas that it refers to, also by way of each other. */
export function withNamedSchemas(document: object, dialect: SchemaDialect): object {
  const all = toJsonSchemaDefs(NAMED, config({ target: dialect, definitions: NAMED }));
  const referred = new Set<string>();
  const follow = (part: unknown): void => {
    for (const name of referencesIn(part)) {
      if (!referred.has(name)) {
        referred.add(name);
        follow(all[name]);
      }
    }
  };
  follow(document);
  const schemas = Object.fromEntries(Object.entries(all).filter(([name]) => referred.has(name)));
  const components =
    'components' in document && typeof document.components === 'object' ? document.components : {};
  return { ...document, components: { ...components, schemas } };
}

function asRead(property: JsonSchema | boolean): JsonSchema | boolean {
  if (typeof property === 'boolean' || property.type !== 'number') {
    return property;
  }
  const fallback = property.default === undefined ? {} : { default: Number(property.default) };
  return { ...property, type: 'integer', ...fallback };
}

function convert(schema: v.GenericSchema, options: ConversionConfig): JsonSchema {
  const shown: JsonSchema = toJsonSchema(schema, config(options));
  delete shown.$schema;
  delete shown.$defs;
  delete shown.definitions;
  return shown;
}

function config(options: ConversionConfig): ConversionConfig {
  return { ...options, errorMode: 'ignore', overrideRef: ({ referenceId }) => REFERENCE + referenceId };
}

function referencesIn(part: unknown): string[] {
  const references = JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  return Array.from(references, ([, name = '']) => name);
}

function isObjectSchema(part: unknown): part is v.GenericSchema {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'loose_object';
}
