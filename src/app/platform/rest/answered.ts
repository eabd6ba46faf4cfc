import { catchError, map, type OperatorFunction, throwError } from 'rxjs';
import * as v from 'valibot';
import { RestFailure, toRestFailure } from './rest-failure';

const HTTP_OK = 200;

/**
 * Passes an answer on if it is what `schema` describes. Anything else, and every failed call, becomes a
 * {@link RestFailure}.
 */
export function answered<Schema extends v.GenericSchema>(
  schema: Schema,
): OperatorFunction<unknown, v.InferOutput<Schema>> {
  return (answers) =>
    answers.pipe(
      map((answer) => {
        const result = v.safeParse(schema, answer);
        if (!result.success) {
          throw new RestFailure(HTTP_OK, `Not the answer expected: ${v.summarize(result.issues)}`);
        }
        return result.output;
      }),
      catchError((error: unknown) => throwError(() => toRestFailure(error))),
    );
}
