/**
 * Keeps values of a bounded size in all: of more, those that were not asked for the longest are dropped. What
 * is larger than the whole is not kept.
 */
export class RecentlyUsed<V> {
  /** The last that was used comes last. */
  readonly #kept = new Map<string, { readonly value: V; readonly size: number }>();
  #size = 0;

  /** @param most size of all values together, in the unit of {@link set} */
  constructor(private readonly most: number) {}

  get(name: string): V | undefined {
    const kept = this.#kept.get(name);
    if (kept === undefined) {
      return undefined;
    }
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    return kept.value;
  }

  set(name: string, value: V, size: number): void {
    this.delete(name);
    if (size > this.most) {
      return;
    }
    this.#kept.set(name, { value, size });
    this.#size += size;
    this.#dropOldest();
  }

  /** A kept value has become larger by this much. */
  grow(name: string, by: number): void {
    const kept = this.#kept.get(name);
    if (kept !== undefined) {
      this.set(name, kept.value, kept.size + by);
    }
  }

  #dropOldest(): void {
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.most) {
        return;
      }
      this.delete(oldest);
    }
  }

  delete(name: string): void {
    this.#size -= this.#kept.get(name)?.size ?? 0;
    this.#kept.delete(name);
  }
}
