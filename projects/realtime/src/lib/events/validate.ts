import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { OperatorFunction } from 'rxjs';
import { inTurn } from '../connection/in-turn';
import { RealtimeError, textOf } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';

type Issues = readonly StandardSchemaV1.Issue[];

/**
 * Passes on what satisfies the schema, in order, and rejects the rest. Neither a failing message nor a schema that
 * throws ends the stream. A schema that answers at once costs no promise.
 */
export function validate<Message>(
  schema: StandardSchemaV1<unknown, Message>,
  reject: (error: RealtimeError, message: RealtimeMessage, issues: Issues) => void,
): OperatorFunction<RealtimeMessage, Message> {
  const threw = (message: RealtimeMessage, cause: unknown): void => {
    const { event } = message;
    const error = new RealtimeError('invalid-message', ngDevMode && `The schema of "${event}" threw.`, {
      event,
      cause,
    });
    reject(error, message, [{ message: `The schema threw: ${textOf(cause)}` }]);
  };
  return inTurn((message, emit) => {
    const accept = (result: StandardSchemaV1.Result<Message>): void => {
      if (result.issues) {
        reject(invalid(message.event, result.issues), message, result.issues);
      } else {
        emit(result.value);
      }
    };
    try {
      const result = schema['~standard'].validate(message);
      if ('then' in result) {
        // Whatever the answer is: the messages behind this one wait for the promise.
        return Promise.resolve(result)
          .then(accept)
          .catch((cause: unknown) => threw(message, cause));
      }
      accept(result);
    } catch (cause) {
      threw(message, cause);
    }
    return undefined;
  });
}

function invalid(event: string, issues: Issues): RealtimeError {
  return new RealtimeError(
    'invalid-message',
    ngDevMode && `A "${event}" message was ignored: ${describe(issues)}`,
    {
      event,
      cause: issues,
    },
  );
}

function describe(issues: Issues): string {
  return issues.map(({ message, path }) => [pathOf(path), message].filter(Boolean).join(': ')).join('; ');
}

function pathOf(path: StandardSchemaV1.Issue['path']): string {
  return (path ?? []).map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}
