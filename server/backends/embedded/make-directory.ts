import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Is written and removed again, to see what a directory takes. */
const PROBE_FILE = 'creative-autogpt.probe';
const PROBE_BYTES = 4096;

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

/**
 * Proves that files can be made in a directory, by making one: libsql does not say why it cannot open a file,
 * and the operating system does.
 *
 * @throws Error with the `code` of the operating system
 */
export function mustTakeFiles(directory: string): void {
  const path = join(directory, PROBE_FILE);
  try {
    writeFileSync(path, Buffer.alloc(PROBE_BYTES), { flush: true });
  } finally {
    rmSync(path, { force: true });
  }
}
