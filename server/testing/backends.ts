import type { Backend } from '../backend';
import { openEmbedded } from '../embedded-backend';
import type { StoresOptions } from '../store/stores-options';
import { makeScratchDirectory, removeScratchDirectory } from './scratch-directory';

/** Where the state of one test is: whatever opens it finds what was left there. */
export interface Place {
  open(options?: StoresOptions): Promise<Backend>;
  remove(): Promise<void>;
}

/** One of the ways in which a server can keep its state. */
export interface BackendKind {
  readonly name: string;
  /** A new place, with nothing in it. */
  makePlace(): Promise<Place>;
}

export const EMBEDDED: BackendKind = {
  name: 'embedded',
  makePlace: () => {
    const directory = makeScratchDirectory();
    return Promise.resolve({
      open: (options) => Promise.resolve(openEmbedded(directory, options)),
      remove: () => {
        removeScratchDirectory(directory);
        return Promise.resolve();
      },
    });
  },
};

const KINDS: readonly BackendKind[] = [EMBEDDED];

/** Declares the same specs for each way of keeping state: what a server promises does not depend on it. */
export function describeOnEachBackend(what: string, specs: (kind: BackendKind) => void): void {
  for (const kind of KINDS) {
    describe(`${what} (${kind.name})`, () => {
      specs(kind);
    });
  }
}
