import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const UINT32_RANGE = 0x1_0000_0000;

/** FNV-1a over UTF-16 units: a 32-bit number that is the same on every machine. */
function hash(text: string): number {
  let value = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), FNV_PRIME);
  }
  return value | 0;
}

/** Chance that repeats itself: the same parts give the same choices in the same order. */
export class SeededRandom {
  readonly #generator;

  /** @param parts What the choices depend on. */
  constructor(...parts: readonly (string | number)[]) {
    this.#generator = xoroshiro128plus(hash(JSON.stringify(parts)));
  }

  /** The next number, from 0 up to but without 1. */
  next(): number {
    return (this.#generator.next() >>> 0) / UINT32_RANGE;
  }

  /** A whole number between two bounds, both included. */
  integer(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** @throws RangeError when there is nothing to pick from. */
  pick<T>(items: readonly T[]): T {
    for (const item of items.slice(this.integer(0, Math.max(0, items.length - 1)))) {
      return item;
    }
    throw new RangeError('Nothing to pick from.');
  }

  /** The items in another order; the array itself stays as it is. */
  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, place: this.next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);
  }
}
