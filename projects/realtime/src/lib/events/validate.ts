import type { StandardSchemaV1 } from '@standard-schema/spec';
import { catchError, concatMap, defer, EMPTY, type Observable, of, type OperatorFunction } from 'rxjs';
import { RealtimeError } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';

/**
 * Passes on what satisfies the schema, in order, and reports the rest. Neither a failing message nor a schema that
 * throws ends the stream.
 */
export function validate<Message>(
  schema: StandardSchemaV1<unknown, Message>,
  report: (error: RealtimeError) => void,
): OperatorFunction<RealtimeMessage, Message> {
  const accept = (
    result: StandardSchemaV1.Result<Message>,
    { event }: RealtimeMessage,
  ): Observable<Message> => {
    if (result.issues) {
      report(
        new RealtimeError('invalid-message', `A "${event}" message was ignored: ${describe(result.issues)}`, {
          event,
          cause: result.issues,
        }),
      );
      return EMPTY;
    }
    return of(result.value);
  };
  return concatMap((message) =>
    defer(() => {
      const result = schema['~standard'].validate(message);
      return result instanceof Promise ? result : of(result);
    }).pipe(
      concatMap((result) => accept(result, message)),
      catchError((cause: unknown) => {
        const { event } = message;
        report(new RealtimeError('invalid-message', `The schema of "${event}" threw.`, { event, cause }));
        return EMPTY;
      }),
    ),
  );
}

function describe(issues: readonly StandardSchemaV1.Issue[]): string {
  return issues.map(({ message, path }) => [pathOf(path), message].filter(Boolean).join(': ')).join('; ');
}

function pathOf(path: StandardSchemaV1.Issue['path']): string {
  return (path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}
