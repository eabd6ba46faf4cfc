import { untilAborted } from './until-aborted';

/**
 * The same items, ending with the signal's reason as soon as it aborts, even while the source is silent and
 * does not heed the signal.
 */
export async function* interruptible<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const iterator = source[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const next = await untilAborted(iterator.next(), signal);
      if (next.done === true) {
        ended = true;
        return;
      }
      yield next.value;
    }
  } catch (error) {
    ended = !signal.aborted;
    throw error;
  } finally {
    if (!ended) {
      // A source that is stuck never answers this, so it is not waited for; what it throws while closing is
      // nobody's.
      iterator.return?.().catch(() => undefined);
    }
  }
}
