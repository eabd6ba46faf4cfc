/** Deals its cards in turn, from a given one on, and begins again only when all have been dealt. */
export class Deck<T> {
  #dealt = 0;

  /** @throws RangeError without cards. */
  constructor(
    private readonly cards: readonly T[],
    private readonly first = 0,
  ) {
    if (cards.length === 0) {
      throw new RangeError('A deck needs cards.');
    }
  }

  /** Whether every card has been dealt at least once. */
  get isSpent(): boolean {
    return this.#dealt >= this.cards.length;
  }

  get size(): number {
    return this.cards.length;
  }

  deal(): T {
    const at = (this.first + this.#dealt) % this.cards.length;
    this.#dealt++;
    for (const card of this.cards.slice(at, at + 1)) {
      return card;
    }
    throw new RangeError('The first card must be a whole number from 0.');
  }
}
