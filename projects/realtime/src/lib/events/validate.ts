import { InjectionToken } from '@angular/core';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { from, type OperatorFunction, type SchedulerLike } from 'rxjs';
import { inTurn } from '../connection/in-turn';
import { RealtimeError, textOf } from '../realtime-error';
import type { RealtimeMessage } from '../realtime-message';
import { firstWithin } from '../time/first-within';

/** Milliseconds that a schema may take: the messages of the event behind it wait. */
const PATIENCE = 10_000;

type Issues = readonly StandardSchemaV1.Issue[];

/** Takes the messages that failed validation. */
export interface RejectedMessages {
  add(message: RealtimeMessage, issues: Issues): void;
}

/** Where they go; without it they are reported and forgotten. */
export const REJECTED_MESSAGES = new InjectionToken<RejectedMessages>(
  ngDevMode ? '@creative-autogpt/realtime rejected messages' : '',
);

/**
 * Passes on what satisfies the schema, in order, and rejects the rest. Neither a failing message nor a schema
 * that throws ends the stream, and one that gives no answer holds it up for ten seconds at most. A schema
 * that answers at once costs no promise.
 */
export function validate<Message>(
  schema: StandardSchemaV1<unknown, Message>,
  scheduler: SchedulerLike,
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
        return inTime(result, message.event, scheduler)
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

function inTime<T>(answer: Promise<T>, event: string, scheduler: SchedulerLike): Promise<T> {
  const late = (): RealtimeError =>
    new RealtimeError(
      'invalid-message',
      ngDevMode && `The schema of "${event}" gave no answer within ${PATIENCE} ms.`,
      { event },
    );
  return new Promise((resolve, reject) => {
    from(answer)
      .pipe(firstWithin(PATIENCE, scheduler, late))
      .subscribe({ next: resolve, error: reject });
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
