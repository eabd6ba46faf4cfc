import type { FastifySchemaCompiler, FastifyTypeProvider } from 'fastify';
import * as v from 'valibot';
import { ServiceError } from '../domain/service-error';

/** What is accepted is stored and sent on, and not every format of the wire takes deeper values. */
const MAX_LEVELS = 32;

/** Gives the handler of a route the types of the valibot schemas that the route declares. */
export interface ValibotTypeProvider extends FastifyTypeProvider {
  readonly validator: this['schema'] extends v.GenericSchema ? v.InferOutput<this['schema']> : unknown;
}

/**
 * Lets routes declare valibot schemas. What does not fit its schema is refused with a `ServiceError`
 * `invalid_message` that names the field.
 */
export const validateWithValibot: FastifySchemaCompiler<v.GenericSchema> =
  ({ schema, httpPart = 'body' }) =>
  (value: unknown) => {
    if (isNestedDeeper(value, MAX_LEVELS)) {
      const message = `${httpPart}: nested in more than ${MAX_LEVELS} levels`;
      return { error: new ServiceError('invalid_message', message) };
    }
    const { success, issues, output } = v.safeParse(schema, value);
    return success ? { value: output } : { error: refusal(issues[0], httpPart) };
  };

/** Whether a JSON value has objects or arrays inside each other to more than this many levels. */
export function isNestedDeeper(value: unknown, levels: number): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (levels === 0 || Object.values(value).some((inner) => isNestedDeeper(inner, levels - 1)))
  );
}

function refusal(issue: v.BaseIssue<unknown>, httpPart: string): ServiceError {
  const field = v.getDotPath(issue) ?? httpPart;
  return new ServiceError('invalid_message', `${field}: ${issue.message}`);
}
