import { untracked } from '@angular/core';
import { VirtualTimeScheduler } from 'rxjs';

/** What the clock shows at first: an arbitrary moment that looks like one in logs. */
const BEGINNING = Date.UTC(2026, 0, 1);

/** A clock and timers that stand still until they are told to go on. */
export class VirtualTime extends VirtualTimeScheduler {
  #isAdvancing = false;

  constructor() {
    super();
    this.frame = BEGINNING;
  }

  /**
   * Lets `milliseconds` pass: everything that is due by then is done, in order, at its own time.
   *
   * @throws RangeError when `milliseconds` is negative or not finite; Error when called by something that it
   *   does.
   */
  advance(milliseconds: number): void {
    if (!(milliseconds >= 0 && Number.isFinite(milliseconds))) {
      throw new RangeError('advance() takes a number of milliseconds that is at least 0.');
    }
    if (this.#isAdvancing) {
      throw new Error('advance() was called while time is advancing.');
    }
    const until = this.frame + milliseconds;
    this.maxFrames = until;
    this.#isAdvancing = true;
    try {
      untracked(() => this.flush());
    } finally {
      this.#isAdvancing = false;
    }
    this.frame = until;
  }
}
