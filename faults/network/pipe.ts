import type { Socket } from 'node:net';

/** Milliseconds between two drops of a pipe that drips. */
const DRIP_EVERY = 4;

/** One direction of a connection: passes bytes on in order, as long as it is let. */
export class Pipe {
  #waiting: Buffer[] = [];
  #flow: 'open' | 'held' | 'lost' = 'open';
  /** Bytes after which the connection is cut; Infinity while it is not to be. */
  #left = Infinity;
  #dripping: NodeJS.Timeout | undefined;
  #onCut = (): void => undefined;

  constructor(
    from: Socket,
    private readonly to: Socket,
  ) {
    from.on('data', (bytes) => {
      if (this.#flow !== 'lost') {
        this.#waiting.push(bytes);
        this.#flush();
      }
    });
  }

  /** Everything that waits and comes is lost, for good: bytes after a hole would be another stream. */
  lose(): void {
    this.#waiting = [];
    this.#flow = 'lost';
  }

  hold(): void {
    if (this.#flow === 'open') {
      this.#flow = 'held';
    }
  }

  /** Delivers `bytes` at a time. */
  drip(bytes: number): void {
    this.hold();
    this.#dripping = setInterval(() => {
      const all = Buffer.concat(this.#waiting);
      this.to.write(all.subarray(0, bytes));
      this.#waiting = all.length > bytes ? [all.subarray(bytes)] : [];
    }, DRIP_EVERY);
  }

  /** Delivers what was held. */
  release(): void {
    clearInterval(this.#dripping);
    if (this.#flow === 'held') {
      this.#flow = 'open';
      this.#flush();
    }
  }

  /** Calls `then` once `bytes` more were delivered. */
  cutAfter(bytes: number, then: () => void): void {
    this.#left = bytes;
    this.#onCut = then;
  }

  #flush(): void {
    if (this.#flow !== 'open') {
      return;
    }
    for (const bytes of this.#waiting.splice(0)) {
      this.to.write(bytes.subarray(0, this.#left));
      this.#left -= Math.min(this.#left, bytes.length);
      if (this.#left === 0) {
        this.lose();
        this.#onCut();
      }
    }
  }
}
