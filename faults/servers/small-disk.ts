import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PIECE = Buffer.alloc(65_536);

/** A disk in memory that can be filled. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /** @returns undefined where this user or system may not mount one */
  static mount(megabytes: number): SmallDisk | undefined {
    const path = mkdtempSync(join(tmpdir(), 'creative-autogpt-disk-'));
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path];
    if (spawnSync('mount', options).status === 0) {
      return new SmallDisk(path);
    }
    rmdirSync(path);
    return undefined;
  }

  /** Leaves no room on it. */
  fill(): void {
    const file = openSync(this.#ballast, 'w');
    try {
      for (;;) {
        writeSync(file, PIECE);
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) {
        throw error;
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives the room back. */
  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.path]);
    rmdirSync(this.path);
  }

  get #ballast(): string {
    return join(this.path, 'ballast');
  }
}
