import type { StreamPosition } from '../recovery/stream-position';

/** A value, and up to where the server's stream of events is in it. */
export class Positioned<T> {
  constructor(
    readonly value: T,
    readonly position: StreamPosition | null,
  ) {}
}

/**
 * Says up to where the server's stream of events is in what a load answers, so that exactly the events after it are
 * applied. The server has to read both in one transaction. It takes `withRecovery()`, and messages that still have their
 * `id` after validation: the schema must let it pass (`v.looseObject()`). Events without one are applied in any case.
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
