import { randomUUID } from 'node:crypto';
import type { Backend } from '../backend';
import { openClustered } from '../clustered-backend';
import { openEmbedded } from '../embedded-backend';
import type { StoresOptions } from '../store/stores-options';
import { RecordedLog } from './recorded-log';
import { RedisProcess } from './redis-process';
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

/** Time (ms) after which the runs of a process that is gone are taken up by others: short, for tests that wait for it. */
const LOCK_MS = 1000;

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

/** All places are in one Redis, each under names of its own. */
export const CLUSTERED: BackendKind = {
  name: 'clustered',
  makePlace: async () => {
    const { url } = await sharedRedis();
    const prefix = `test-${randomUUID()}`;
    return {
      open: (options) => openClustered(url, new RecordedLog(), { ...options, prefix, lockDuration: LOCK_MS }),
      remove: () => Promise.resolve(),
    };
  },
};

const KINDS: readonly BackendKind[] = [EMBEDDED, CLUSTERED];

/** Declares the same specs for each way of keeping state: what a server promises does not depend on it. */
export function describeOnEachBackend(what: string, specs: (kind: BackendKind) => void): void {
  for (const kind of KINDS) {
    describe(`${what} (${kind.name})`, () => {
      specs(kind);
    });
  }
}

let shared: Promise<RedisProcess> | undefined;

function sharedRedis(): Promise<RedisProcess> {
  shared ??= RedisProcess.start();
  return shared;
}

afterAll(async () => {
  await (await shared)?.remove();
  shared = undefined;
});
