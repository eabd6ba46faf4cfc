import type { HttpHeaders, HttpResponse } from '@angular/common/http';
import { atPosition, type Positioned } from '@creative-autogpt/realtime';
import { catchError, firstValueFrom, map, type Observable, type OperatorFunction, throwError } from 'rxjs';
import * as v from 'valibot';
import { RestFailure, toRestFailure } from './rest-failure';

const HTTP_OK = 200;

/** The position of the server's stream of events in an answer: its response headers. */
const Position = v.object({
  epoch: v.string(),
  offset: v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number), v.safeInteger()),
});

/**
 * Passes an answer on if it is what `schema` describes. Anything else, and every failed call, becomes a
 * {@link RestFailure}.
 */
export function answered<Schema extends v.GenericSchema>(
  schema: Schema,
): OperatorFunction<unknown, v.InferOutput<Schema>> {
  return (answers) =>
    answers.pipe(
      map((answer) => checked(schema, answer)),
      catchError((error: unknown) => throwError(() => toRestFailure(error))),
    );
}

/**
 * The same, with the position that the headers `Realtime-Epoch` and `Realtime-Offset` tell, where they are
 * there.
 */
export function answeredAtPosition<Schema extends v.GenericSchema>(
  schema: Schema,
): OperatorFunction<HttpResponse<unknown>, Positioned<v.InferOutput<Schema>>> {
  return (answers) =>
    answers.pipe(
      map(({ body, headers }) => atPosition(checked(schema, body), positionIn(headers))),
      catchError((error: unknown) => throwError(() => toRestFailure(error))),
    );
}

/** Makes a REST call and resolves with its answer; rejects with its {@link RestFailure}. */
export function answerOf<Answer>(call: Observable<Answer>): Promise<Answer> {
  // eslint-disable-next-line rxjs-x/no-ignored-default-value -- a call emits its answer or errors
  return firstValueFrom(call);
}

function checked<Schema extends v.GenericSchema>(schema: Schema, answer: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, answer);
  if (!result.success) {
    throw new RestFailure(HTTP_OK, `Not the answer expected: ${v.summarize(result.issues)}`);
  }
  return result.output;
}

function positionIn(headers: HttpHeaders): v.InferOutput<typeof Position> | null {
  const told = { epoch: headers.get('Realtime-Epoch'), offset: headers.get('Realtime-Offset') };
  const position = v.safeParse(Position, told);
  return position.success ? position.output : null;
}
