import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../dist/bench-store/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

/** A file to answer with. */
export interface StaticFile {
  readonly type: string;
  readonly content: Buffer;
}

/**
 * A file of the built application; its page for every address that names no file. Null when there is none.
 */
export async function staticFile(pathname: string): Promise<StaticFile | null> {
  const name = extname(pathname) === '' ? 'index.html' : pathname.slice(1);
  try {
    return {
      type: TYPES[extname(name)] ?? 'application/octet-stream',
      content: await readFile(fileURLToPath(new URL(name, folder))),
    };
  } catch {
    return null;
  }
}
