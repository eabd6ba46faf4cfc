/** Where a value scores 1, and how far outside of that it still scores anything. */
export interface ScoredRange {
  /** The value is good from here… */
  readonly from: number;
  /** …up to here. */
  readonly to: number;
  /** At this value below the range, and under it, the score is 0. */
  readonly worstBelow: number;
  /** At this value above the range, and over it, the score is 0. */
  readonly worstAbove: number;
}

/** Scores a value: 1 within the range, falling in a straight line to 0 on either side. */
export function rangeScore(value: number, { from, to, worstBelow, worstAbove }: ScoredRange): number {
  if (value >= from && value <= to) {
    return 1;
  }
  const score =
    value < from ? (value - worstBelow) / (from - worstBelow) : (worstAbove - value) / (worstAbove - to);
  return Math.min(1, Math.max(0, score));
}
