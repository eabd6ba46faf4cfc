/**
 * Takes something out of a text while it streams. However a text is split into pieces, what comes out is the
 * same, and what has come out is never taken back.
 */
export interface TextFilter {
  /** @returns what is known to be of the text now; it may lag behind by what is not decided yet */
  push(piece: string): string;
  /** The rest, when the answer is over. @param isWhole whether it came to its end, and was not cut off */
  end(isWhole: boolean): string;
}

/** Several filters, each of what the one before it lets through. */
export function chained(filters: readonly TextFilter[]): TextFilter {
  return {
    push: (piece) => filters.reduce((text, filter) => filter.push(text), piece),
    end: (isWhole) => filters.reduce((text, filter) => filter.push(text) + filter.end(isWhole), ''),
  };
}
