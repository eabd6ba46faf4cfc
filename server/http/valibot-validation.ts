import type { FastifySchemaCompiler, FastifyTypeProvider } from 'fastify';
import * as v from 'valibot';
import { ServiceError } from '../domain/service-error';
import { boundedReason } from '../realtime/parse-frame';

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
    const { success, issues, output } = v.safeParse(schema, value);
    return success ? { value: output } : { error: refusal(issues[0], httpPart) };
  };

function refusal(issue: v.BaseIssue<unknown>, httpPart: string): ServiceError {
  const field = v.getDotPath(issue) ?? httpPart;
  return new ServiceError('invalid_message', boundedReason(`${field}: ${issue.message}`));
}
