import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it that are missing. Node's own `recursive` never returns where a file
 * system that takes no directories, such as `/proc`, says that the parent of a new one is missing.
 *
 * @throws Error when it cannot be made.
 */
export function makeDirectory(path: string): void {
  if (!existsSync(path)) {
    makeDirectory(dirname(path));
    mkdirSync(path);
  }
}
