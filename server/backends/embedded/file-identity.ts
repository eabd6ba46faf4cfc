import { statSync } from 'node:fs';

/**
 * Tells a file from a copy of it, such as a backup that was put back: a copy is another file of the file system, made at
 * another time. Only what is written over the file itself, byte by byte, goes unnoticed.
 */
export function fileIdentity(path: string): string {
  const { ino, birthtimeNs } = statSync(path, { bigint: true });
  return `${ino}:${birthtimeNs}`;
}
