import { defer, finalize, from, map, type Observable } from 'rxjs';
import type { StreamPosition } from '../recovery/stream-position';

/** A value, and up to where the server's stream of events is in it. */
export class Positioned<T> {
  constructor(
    readonly value: T,
    readonly position: StreamPosition | null,
  ) {}
}

/**
 * Says up to where the server's stream of events is in what a load answers, so that exactly the events after
 * it are applied. The server has to read both in one transaction. It needs `withRecovery()`, and messages
 * whose `id` is still there after validation: the schema must let it pass (`v.looseObject()`). Events without
 * an `id` are always applied.
 *
 * ```ts
 * load: () => api.tasks().pipe(map(({ tasks, epoch, offset }) => atPosition(tasks, { epoch, offset })))
 * ```
 *
 * @param position null where the server does not say
 */
export function atPosition<T>(value: T, position: StreamPosition | null): Positioned<T> {
  return new Positioned(value, position);
}

/** What a load may give: a Promise or an Observable, of which the first answer counts. */
export type LoadAnswer<T> = Promise<T | Positioned<T>> | Observable<T | Positioned<T>>;

/** An answer with its position, where it has one. */
export function positioned<T>(answer: T | Positioned<T>): Positioned<T> {
  return answer instanceof Positioned ? answer : new Positioned(answer, null);
}

/** One load as what its answer changes; it is aborted when nobody waits for it any more. */
export function loadOnce<T, Change>(
  load: (abortSignal: AbortSignal) => LoadAnswer<T>,
  changeBy: (answer: T) => Change,
): Observable<Positioned<Change>> {
  return defer(() => {
    const abort = new AbortController();
    return from(load(abort.signal)).pipe(
      map((answer) => {
        const { value, position } = positioned(answer);
        return new Positioned(changeBy(value), position);
      }),
      finalize(() => abort.abort()),
    );
  });
}
