/**
 * Has one answer serve all who ask within a time, so that asking often costs nothing: for routes that are open
 * to everybody, and are not counted.
 *
 * @param lastsMs time (ms) from when the answer was asked for
 */
export function sharedAnswer<T>(lastsMs: number, answer: () => Promise<T>): () => Promise<T> {
  let last: { readonly until: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (last === undefined || now >= last.until) {
      last = { until: now + lastsMs, answer: answer() };
    }
    return last.answer;
  };
}
