/** Begins to measure a time. @returns the seconds since then, to the millisecond, whatever becomes of the system's clock */
export function stopwatch(): () => number {
  const begun = performance.now();
  return () => Math.round(performance.now() - begun) / 1000;
}
