import { ServiceError } from '../../domain/service-error';
import type { Journal, JournalEntry } from '../../realtime/journal';
import type { RedisBus } from './redis-bus';
import type { OwnerKeys } from './redis-keys';

/** Entries read at once. */
const STEP = 256;

/** Time (ms) until a journal that could not be read is read again. */
const TRY_AGAIN_AFTER_MS = 500;

const NEW_EPOCH = 'The journal cannot be followed on: a new epoch has begun.';

/** The journal's epoch ended: its next entry does not follow the last. */
export class EpochEnded extends Error {
  override readonly name = 'EpochEnded';
}

/**
 * Follows one owner's journal, from its end at the start until it is ended. Each commit, in whichever
 * process, rings a bell; then the new entries are read and passed on, each once and in order. A bell that was
 * not heard is made up for by the next bell, or when Redis can be heard again.
 */
export class JournalFollower {
  readonly begun: Promise<void>;
  #position = 0;
  #epoch = '';
  #hasEnded = false;
  #isReading = false;
  #isRung = false;
  #mayHaveGap = false;
  #waiting: { readonly offset: number; readonly done: () => void }[] = [];
  #stopListening: (() => void) | undefined;
  readonly #stopHearingOfGaps: () => void;

  constructor(
    bus: RedisBus,
    keys: OwnerKeys,
    private readonly journal: Journal,
    private readonly listener: { next: (entry: JournalEntry) => void; error: (reason: unknown) => void },
  ) {
    this.#stopHearingOfGaps = bus.onGap(() => {
      this.#mayHaveGap = true;
      this.#ring();
    });
    this.begun = this.#begin(bus, keys);
    // Handled here also where no caller waits for it.
    this.begun.catch((error: unknown) => {
      this.#fail(error);
    });
  }

  get position(): number {
    return this.#position;
  }

  reached(offset: number, deadline: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#hasEnded || this.#position >= offset) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, deadline - performance.now());
      const done = (): void => {
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.push({ offset, done });
      this.#ring();
    });
  }

  /** Nothing of what follows belongs to what was followed. */
  endEpoch(): void {
    this.#fail(new EpochEnded(NEW_EPOCH));
  }

  end(): void {
    this.#hasEnded = true;
    this.#stopHearingOfGaps();
    this.#stopListening?.();
    this.#settle(Infinity);
  }

  async #begin(bus: RedisBus, keys: OwnerKeys): Promise<void> {
    const stop = await bus.listen(keys.bell, () => {
      this.#ring();
    });
    this.#stopListening = stop;
    if (this.#hasEnded) {
      stop();
      return;
    }
    const { epoch, offset } = await this.journal.end();
    this.#epoch = epoch;
    this.#position = offset;
    this.#settle(offset);
  }

  #ring(): void {
    this.#isRung = true;
    if (!this.#isReading) {
      this.#isReading = true;
      void this.#readWhileRung();
    }
  }

  async #readWhileRung(): Promise<void> {
    try {
      await this.begun;
      while (this.#isRung && !this.#hasEnded) {
        this.#isRung = false;
        await this.#read();
      }
    } catch (error) {
      if (error instanceof ServiceError && this.#epoch !== '') {
        this.#tryAgainLater();
      } else {
        this.#fail(error);
      }
    }
    this.#isReading = false;
  }

  /** Redis is out of reach: nothing is lost, as what is missed meanwhile is in the journal. */
  #tryAgainLater(): void {
    this.#mayHaveGap = true;
    setTimeout(() => {
      this.#ring();
    }, TRY_AGAIN_AFTER_MS).unref();
  }

  async #read(): Promise<void> {
    if (this.#mayHaveGap) {
      this.#mayHaveGap = false;
      const { epoch, offset } = await this.journal.end();
      if (epoch !== this.#epoch || offset < this.#position) {
        throw new EpochEnded(NEW_EPOCH);
      }
    }
    for (;;) {
      const entries = await this.journal.read(this.#position, STEP);
      for (const entry of entries) {
        if (entry.offset !== this.#position + 1) {
          throw new EpochEnded('The journal was trimmed before it was read.');
        }
        this.#position = entry.offset;
        this.listener.next(entry);
      }
      this.#settle(this.#position);
      if (entries.length < STEP || this.#hasEnded) {
        return;
      }
    }
  }

  #settle(position: number): void {
    const reached = this.#waiting.filter(({ offset }) => offset <= position);
    this.#waiting = this.#waiting.filter(({ offset }) => offset > position);
    reached.forEach(({ done }) => {
      done();
    });
  }

  #fail(error: unknown): void {
    if (!this.#hasEnded) {
      this.end();
      this.listener.error(error);
    }
  }
}
