import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../ports/log';
import { codeOf, DISK_FULL, diskFailureOf, unavailable } from './disk-failure';
import { CHANGES_FILE, DATABASE_FILE } from './expected-beginning';
import { LOCK_FILE } from './server-lock';

/** With so little room (bytes) the next change may be the one that does not fit. */
const FULL_BYTES = 1_000_000;
/** There is a warning below so much room (bytes) or, on a small disk, below this share of it. */
const LOW_BYTES = 200_000_000;
const LOW_SHARE = 0.05;

const GONE =
  'The database is gone from its place: it was deleted or moved, or its disk is not mounted. It can still be ' +
  'read: export what is needed before the server is restarted, or put it back as it was.';
const REPLACED =
  'The database was replaced while the server runs. What was there can still be read: export what is needed, ' +
  'and restart the server to go on with what is there now.';
const UNLOCKED =
  'The lock file beside the database was removed or replaced, so that another server may use the database. Put ' +
  'it back, or stop other servers and restart this one.';
const SAVED =
  'A file beside the database was removed or replaced while the server runs. Nothing is lost: restart it.';

/** Room on a disk, in blocks. */
interface Room {
  /** Free for this user. */
  readonly bavail: number;
  readonly blocks: number;
  /** Bytes of a block. */
  readonly bsize: number;
}

/** How files are in their place. */
type Finding = 'in place' | 'gone' | 'replaced';

/**
 * The directory under a server that runs. The server writes to the files that it has open; the next start
 * finds what their paths lead to. This proves, before each change, that they are the same.
 */
export class DataDirectory {
  readonly #identities: ReadonlyMap<string, string | undefined>;
  /** Why nothing is changed any more before a restart. */
  #end: string | undefined;
  /** What was last found to be wrong, which is in the log already. */
  #trouble: string | undefined;
  #warnings: readonly string[] = [];

  /**
   * @param path where all files of the database are
   * @param saveChanges brings everything into the database file alone. It returns whether it could.
   * @param readRoom of the disk that a path is on
   */
  constructor(
    private readonly path: string,
    private readonly log: Log,
    private readonly saveChanges: () => boolean,
    private readonly readRoom: (path: string) => Room = statfsSync,
  ) {
    const names = [DATABASE_FILE, CHANGES_FILE, `${DATABASE_FILE}-shm`, LOCK_FILE];
    this.#identities = new Map(names.map((name) => [name, identityOf(join(path, name))]));
  }

  /** What is wrong although changes are stored, as of the last `mustHaveRoom`. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Whether the paths lead to the files that are open. */
  get isInPlace(): boolean {
    return this.#end === undefined && this.#find() === 'in place';
  }

  /** @throws ServiceError `unavailable` when a path does not lead to the file that is open. */
  mustBeInPlace(): void {
    if (this.isInPlace) {
      return;
    }
    this.#end ??= this.#endOf(this.#find());
    const trouble = this.#end ?? (this.#isUnlocked ? UNLOCKED : GONE);
    this.#tell(trouble, { dataDir: this.path });
    throw unavailable(trouble);
  }

  /**
   * Reads what there is to warn of.
   *
   * @throws ServiceError `unavailable` when there is no room for changes, also while the smallest of them
   *   would still fit.
   */
  mustHaveRoom(): void {
    const { bavail, blocks, bsize } = this.readRoom(this.path);
    const free = bavail * bsize;
    if (free < FULL_BYTES) {
      throw unavailable(DISK_FULL);
    }
    this.#warnings = [
      ...(free < Math.min(LOW_BYTES, blocks * bsize * LOW_SHARE)
        ? [`The disk is nearly full: make room on it (${Math.floor(free / 1_000_000)} MB are left).`]
        : []),
      ...this.#warningsOfRights(),
    ];
  }

  /** What callers are told of a change that failed: the disk's failure in words, or the error itself. */
  refusalOf(error: unknown): unknown {
    const trouble = diskFailureOf(error);
    if (trouble === undefined) {
      return error;
    }
    this.#tell(trouble, { err: error, dataDir: this.path });
    return unavailable(trouble, error);
  }

  /** To be called when a change was stored. */
  noteStored(): void {
    if (this.#trouble !== undefined && !(this.#trouble === DISK_FULL && this.#isFull())) {
      this.#trouble = undefined;
      this.log.warn({ dataDir: this.path }, 'the store can be written to again');
    }
  }

  /** A small change may still fit where a larger one does not: the disk is no less full for that. */
  #isFull(): boolean {
    try {
      const { bavail, bsize } = this.readRoom(this.path);
      return bavail * bsize < FULL_BYTES;
    } catch {
      // The directory was lost just now: the next change is told that.
      return true;
    }
  }

  /** Once for each trouble, and not for each change that it keeps from being stored. */
  #tell(trouble: string, details: object): void {
    if (this.#trouble !== trouble) {
      this.#trouble = trouble;
      this.log.error(details, trouble);
    }
  }

  #find(names: Iterable<string> = this.#identities.keys()): Finding {
    const findings = Array.from(names, (name): Finding => {
      const identity = identityOf(join(this.path, name));
      if (identity === this.#identities.get(name)) {
        return 'in place';
      }
      return identity === undefined ? 'gone' : 'replaced';
    });
    return findings.includes('replaced') ? 'replaced' : findings.includes('gone') ? 'gone' : 'in place';
  }

  /** Why a restart has to follow; undefined where it need not. */
  #endOf(finding: Finding): string | undefined {
    const canBeSaved = this.#find([DATABASE_FILE, LOCK_FILE]) === 'in place';
    if (canBeSaved && this.saveChanges()) {
      return SAVED;
    }
    return finding === 'replaced' && !canBeSaved ? (this.#isUnlocked ? UNLOCKED : REPLACED) : undefined;
  }

  /** Whether nothing but the lock is lost. */
  get #isUnlocked(): boolean {
    return this.#find([DATABASE_FILE]) === 'in place' && this.#find([LOCK_FILE]) !== 'in place';
  }

  /** The open files stay writable: only the next start would fail. */
  #warningsOfRights(): readonly string[] {
    try {
      accessSync(this.path, constants.W_OK);
      accessSync(join(this.path, DATABASE_FILE), constants.R_OK | constants.W_OK);
      return [];
    } catch (error) {
      return [
        `The next start will fail. ${diskFailureOf(error) ?? `Its reason: ${codeOf(error) ?? 'none'}.`}`,
      ];
    }
  }
}

/** Tells a file from all others that are there meanwhile; undefined where there is none. */
function identityOf(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}
