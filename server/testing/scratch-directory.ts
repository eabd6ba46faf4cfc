import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new empty directory of this test alone. */
export function makeScratchDirectory(): string {
  return mkdtempSync(join(tmpdir(), 'creative-autogpt-'));
}

export function removeScratchDirectory(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
