import { TokenBucket } from './token-bucket';

/** Time (ms) that each connection has for itself: at once, and again in a second. */
const OF_CONNECTION = { most: 10, perSecond: 2.5 };

/** Time (ms) that an owner's connections have together besides: at once, and again in a second. */
const OF_OWNER = { most: 1000, perSecond: 250 };

/** A connection with work that waits for its turns. */
interface WaitingConnection {
  readonly time: TokenBucket;
  /** Begin its works, oldest first. */
  readonly works: (() => void)[];
}

/** A work whose turn it is. */
export interface NextWork {
  readonly begin: () => void;
  /** What it is paid from; undefined where nobody pays. */
  readonly payer: TokenBucket | undefined;
}

/**
 * The connections of one owner, and the time that they may take. A connection first takes its own time, then
 * that of all, then it waits; those with time of their own come first. So a new connection is served at once,
 * however much the others ask for.
 */
export class WaitingOwner {
  readonly time = new TokenBucket(OF_OWNER.most, OF_OWNER.perSecond);
  /** When its last turn began (ms of `performance.now()`). */
  lastTurn = -Infinity;
  /** How many works wait. */
  waiting = 0;
  readonly #known = new WeakMap<object, WaitingConnection>();
  /** Connections that pay themselves, each once, in the order of their turns. */
  readonly #own = new Set<WaitingConnection>();
  /** Connections that the owner pays for, in the midst of a work. */
  readonly #begun = new Set<WaitingConnection>();
  /** Other connections that the owner pays for. */
  readonly #shared = new Set<WaitingConnection>();

  /** @param isBegun whether this goes on with a work that has had a turn */
  add(connection: object, begin: () => void, isBegun: boolean): void {
    const known = this.#of(connection);
    known.works.push(begin);
    this.waiting += 1;
    if (known.works.length === 1) {
      this.#queue(known, isBegun);
    }
  }

  /** Has a connection pay for what was done without a turn. @param cost in ms */
  charge(connection: object, cost: number): void {
    const { time } = this.#of(connection);
    (time.available > 0 ? time : this.time).take(cost);
  }

  /**
   * Takes the next work out.
   *
   * @param isFree whether works that nobody can pay for may begin, too
   * @returns undefined where none may begin
   */
  next(isFree: boolean): NextWork | undefined {
    for (const connection of this.#own) {
      this.#own.delete(connection);
      if (connection.time.available > 0) {
        return this.#begin(connection, connection.time);
      }
      this.#shared.add(connection);
    }
    const isPaid = this.time.available > 0;
    // What is begun comes first: the fewer works are half done at a time, the less memory they take.
    const [connection] = this.#begun.size > 0 ? this.#begun : this.#shared;
    if (connection === undefined || !(isPaid || isFree)) {
      return undefined;
    }
    this.#begun.delete(connection);
    this.#shared.delete(connection);
    return this.#begin(connection, isPaid ? this.time : undefined);
  }

  #begin(connection: WaitingConnection, payer: TokenBucket | undefined): NextWork | undefined {
    const begin = connection.works.shift();
    if (begin === undefined) {
      return undefined;
    }
    this.waiting -= 1;
    if (connection.works.length > 0) {
      this.#queue(connection, false);
    }
    return { begin, payer };
  }

  #queue(connection: WaitingConnection, isBegun: boolean): void {
    const paidForIt = isBegun ? this.#begun : this.#shared;
    (connection.time.available > 0 ? this.#own : paidForIt).add(connection);
  }

  #of(connection: object): WaitingConnection {
    const known = this.#known.get(connection) ?? {
      time: new TokenBucket(OF_CONNECTION.most, OF_CONNECTION.perSecond),
      works: [],
    };
    this.#known.set(connection, known);
    return known;
  }
}
