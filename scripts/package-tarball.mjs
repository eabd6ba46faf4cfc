import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from './json.mjs';
import { npm } from './npm.mjs';
import { ROOT } from './paths.mjs';
import { StepError } from './processes.mjs';
import { ensureBuilt, LIBRARY } from './targets.mjs';

const DIST = join(ROOT, 'dist');

/** Folder of the built library. */
export const LIBRARY_FOLDER = join(DIST, 'realtime');

/** What `npm publish` would upload, under a name that stays the same from version to version. */
export const TARBALL = join(DIST, 'creative-autogpt-realtime.tgz');

/**
 * Builds the library if it is stale, and packs it into {@link TARBALL}.
 *
 * @throws {StepError}
 */
export async function packLibrary() {
  await ensureBuilt(LIBRARY);
  mkdirSync(DIST, { recursive: true });
  const { exitCode } = await npm(['pack', LIBRARY_FOLDER, '--pack-destination', DIST, '--loglevel', 'error']);
  if (exitCode !== 0) throw new StepError('Packing the library failed; the lines above say why.');
  rmSync(TARBALL, { force: true });
  renameSync(join(DIST, `creative-autogpt-realtime-${libraryManifest().version}.tgz`), TARBALL);
}

/**
 * The library's package.json, as it is published.
 *
 * @returns {{ version: string, exports: Record<string, { types?: string }> }}
 */
export function libraryManifest() {
  return /** @type {{ version: string, exports: Record<string, { types?: string }> }} */ (
    readJson(join(LIBRARY_FOLDER, 'package.json'))
  );
}
