import type { TokenBucket } from './token-bucket';
import { WaitingOwner } from './waiting-owner';

/** Once turns have taken this long (ms), the event loop comes round before the next. */
const ROUND_MS = 2;
/** Most turns until the event loop comes round. */
const ROUND_TURNS = 64;
/** An owner is alone once the last turn of another is this long ago (ms). */
const ALONE_AFTER_MS = 1000;
/** Owners whose time is known: of more, those whose time was asked for first are forgotten. */
const KNOWN_OWNERS = 10_000;

/** The name under which an owner takes turns, whichever way its requests come. */
export function ownerName(owner: string): string {
  return `owner ${owner}`;
}

/** The name under which an address takes turns, as long as its owner is not known. */
export function addressName(address: string): string {
  return `address ${address}`;
}

/**
 * Shares out the time of the main thread. Callers take a turn before they do something for a client, and do a
 * part of some milliseconds in it. Turns go round among the owners, and among the connections of each: all
 * that one of them asks for delays others by one part. What a turn takes is measured and paid for: an owner
 * that has used up its time waits, unless it is alone.
 */
export class FairTurns {
  readonly #owners = new Map<string, WaitingOwner>();
  /** Owners with work that waits, in the order of their turns. */
  readonly #waiting = new Set<WaitingOwner>();
  /** How many works wait, of all owners. */
  #works = 0;
  #isRoundUnderWay = false;
  #roundBegan = 0;
  #turnsInRound = 0;
  #turn: { readonly begun: number; readonly payer: TokenBucket | undefined } | undefined;
  #latest: WaitingOwner | undefined;
  /** When the last turn began of an owner other than the latest. */
  #lastOfOthers = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  /**
   * Settles when it is the connection's turn. The turn ends when the caller waits for something else than a
   * promise that is settled already.
   *
   * @param owner whose connection it is; where that is not known, the address that it comes from
   * @param isBegun whether this goes on with a work that has had a turn: it comes before those that have not
   */
  take(owner: string, connection: object, isBegun = false): Promise<void> {
    return new Promise((resolve) => {
      const account = this.#accountOf(owner);
      account.add(connection, resolve, isBegun);
      this.#waiting.add(account);
      this.#works += 1;
      this.#beginRound();
    });
  }

  /** Has a connection pay for what it costs beside its turns. @param cost in ms */
  charge(owner: string, connection: object, cost: number): void {
    this.#accountOf(owner).charge(connection, cost);
  }

  /**
   * The steps of a round are immediates that are asked for together: what promises of a turn go on with has
   * run when the next step begins, and nothing else. So a step can tell what the turn before it took.
   */
  #beginRound(): void {
    if (this.#isRoundUnderWay) {
      return;
    }
    this.#isRoundUnderWay = true;
    clearTimeout(this.#timer);
    this.#turnsInRound = 0;
    for (let step = Math.min(ROUND_TURNS, this.#works); step > 0; step -= 1) {
      setImmediate(this.#step);
    }
    setImmediate(this.#endRound);
  }

  readonly #step = (): void => {
    const now = performance.now();
    this.#endTurn(now);
    if (this.#turnsInRound === 0) {
      this.#roundBegan = now;
    } else if (now - this.#roundBegan > ROUND_MS) {
      return;
    }
    for (const owner of this.#waiting) {
      const work = owner.next(this.#isAlone(owner, now));
      if (work !== undefined) {
        this.#begin(owner, work.payer, now);
        work.begin();
        return;
      }
    }
  };

  #begin(owner: WaitingOwner, payer: TokenBucket | undefined, now: number): void {
    this.#works -= 1;
    this.#waiting.delete(owner);
    if (owner.waiting > 0) {
      this.#waiting.add(owner);
    }
    if (owner !== this.#latest) {
      this.#lastOfOthers = this.#latest?.lastTurn ?? -Infinity;
      this.#latest = owner;
    }
    owner.lastTurn = now;
    this.#turn = { begun: now, payer };
    this.#turnsInRound += 1;
  }

  readonly #endRound = (): void => {
    this.#endTurn(performance.now());
    this.#isRoundUnderWay = false;
    if (this.#waiting.size === 0) {
      return;
    }
    if (this.#turnsInRound > 0) {
      this.#beginRound();
      return;
    }
    const waits = Array.from(this.#waiting, ({ time }) => time.msInDebt);
    this.#timer = setTimeout(
      () => {
        this.#beginRound();
      },
      Math.max(1, Math.min(ALONE_AFTER_MS, ...waits)),
    );
    this.#timer.unref();
  };

  #endTurn(now: number): void {
    if (this.#turn !== undefined) {
      this.#turn.payer?.take(now - this.#turn.begun);
      this.#turn = undefined;
    }
  }

  #isAlone(owner: WaitingOwner, now: number): boolean {
    const lastOfOthers = owner === this.#latest ? this.#lastOfOthers : (this.#latest?.lastTurn ?? -Infinity);
    return this.#waiting.size === 1 && now - lastOfOthers > ALONE_AFTER_MS;
  }

  #accountOf(owner: string): WaitingOwner {
    const known = this.#owners.get(owner) ?? new WaitingOwner();
    this.#owners.delete(owner);
    this.#owners.set(owner, known);
    const [[oldest, { waiting }] = ['', known]] = this.#owners;
    if (this.#owners.size > KNOWN_OWNERS && waiting === 0) {
      this.#owners.delete(oldest);
    }
    return known;
  }
}
