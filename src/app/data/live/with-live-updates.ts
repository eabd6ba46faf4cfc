import { defer, map, type Observable, type OperatorFunction, startWith, withLatestFrom } from 'rxjs';

/** An answer, and every update that arrived between the request and it, in order. */
export interface AnswerWithUpdates<Answer, Update> {
  readonly answer: Answer;
  readonly updates: readonly Update[];
}

/**
 * Records the live updates that arrive while a request is under way. The server may have read its answer before it
 * sent them, so whoever takes the answer applies them over it: a live update beats an older answer.
 */
export function withLiveUpdates<Answer, Update>(
  live: Observable<Update>,
): OperatorFunction<Answer, AnswerWithUpdates<Answer, Update>> {
  return (request) =>
    request.pipe(
      withLatestFrom(recorded(live)),
      map(([answer, updates]) => ({ answer, updates })),
    );
}

function recorded<Update>(live: Observable<Update>): Observable<readonly Update[]> {
  return defer(() => {
    const updates: Update[] = [];
    return live.pipe(
      map((update) => {
        updates.push(update);
        return updates;
      }),
      startWith(updates),
    );
  });
}
