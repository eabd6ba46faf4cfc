/** Newcomers of all addresses together. */
const MOST_NEWCOMERS = 1000;

/** A client that has still to say who it is. */
export interface Newcomer {
  readonly address: string;
  /** Is called when others come, and there are too many. */
  readonly makeRoom: () => void;
}

/**
 * The clients that have a socket, but have not signed in yet. Where there are too many, of one address or of
 * all, the one that came first makes room: clients sign in as soon as they are there, so it only waits.
 */
export class Newcomers {
  /** In the order in which they came. */
  readonly #all = new Set<Newcomer>();
  readonly #byAddress = new Map<string, Set<Newcomer>>();

  /** @param mostPerAddress how many of one address there may be */
  constructor(private readonly mostPerAddress: number) {}

  add(newcomer: Newcomer): void {
    const neighbours = this.#byAddress.get(newcomer.address) ?? new Set();
    this.#byAddress.set(newcomer.address, neighbours.add(newcomer));
    this.#all.add(newcomer);
    const crowd = neighbours.size > this.mostPerAddress ? neighbours : this.#all;
    const [first] = crowd;
    if (first !== undefined && (crowd === neighbours || crowd.size > MOST_NEWCOMERS)) {
      this.remove(first);
      first.makeRoom();
    }
  }

  /** It has signed in, or is gone. */
  remove(newcomer: Newcomer): void {
    this.#all.delete(newcomer);
    const neighbours = this.#byAddress.get(newcomer.address);
    neighbours?.delete(newcomer);
    if (neighbours?.size === 0) {
      this.#byAddress.delete(newcomer.address);
    }
  }
}
