import type { Store } from '../ports/store';
import type { Work } from '../domain/work';

/** A change that was asked for and is not made yet. */
export interface HeldChange {
  /** Settles when it has been asked for. */
  readonly asked: Promise<void>;
  readonly release: () => void;
}

/**
 * Decides what becomes of the next changes of a store, for tests that have to be in between; the others are
 * made.
 */
export class ScriptedChanges {
  readonly #treatments: (() => Promise<void>)[] = [];

  constructor(store: Store) {
    const change = store.change.bind(store);
    const treat: Store['change'] = async <T>(sessionId: string, work: (work: Work) => T): Promise<T> => {
      await this.#treatments.shift()?.();
      return change(sessionId, work);
    };
    spyOn(store, 'change').and.callFake(treat);
  }

  makeNext(): this {
    this.#treatments.push(() => Promise.resolve());
    return this;
  }

  refuseNext(error: Error = new Error('the disk is full')): this {
    this.#treatments.push(() => Promise.reject(error));
    return this;
  }

  holdNext(): HeldChange {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const asked = new Promise<void>((resolve) => {
      this.#treatments.push(() => {
        resolve();
        return released;
      });
    });
    return {
      asked,
      release: () => {
        release();
      },
    };
  }
}
