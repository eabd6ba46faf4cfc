/**
 * How what a client received differs from what it should have: every event from its first to the last, once,
 * in order.
 */
export interface Tally {
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
}

export const EXACT: Tally = { lost: 0, doubled: 0, outOfOrder: 0 };

/**
 * @param received numbers of the events in the order in which they came
 * @param last number of the last event there is
 */
export function tally(received: readonly number[], last: number): Tally {
  const [first = last + 1] = received;
  const seen = new Set<number>();
  let highest = 0;
  let doubled = 0;
  let outOfOrder = 0;
  for (const index of received) {
    if (seen.has(index)) {
      doubled += 1;
    } else if (index < highest) {
      outOfOrder += 1;
    }
    seen.add(index);
    highest = Math.max(highest, index);
  }
  return { lost: last - first + 1 - seen.size, doubled, outOfOrder };
}
