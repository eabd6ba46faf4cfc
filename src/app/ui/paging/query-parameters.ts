/** A page number from a query parameter: whole and at least 1, else 1. */
export function toPage(parameter: string | undefined): number {
  const page = Number(parameter);
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}

/** One of a list of choices from a query parameter; null when it is none of them. */
export function toChoice<T extends string>(
  choices: readonly T[],
): (parameter: string | undefined) => T | null {
  return (parameter) => choices.find((choice) => choice === parameter) ?? null;
}
