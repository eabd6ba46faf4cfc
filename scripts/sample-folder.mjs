import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readJson } from './json.mjs';
import { npm } from './npm.mjs';
import { TARBALL } from './package-tarball.mjs';
import { ROOT } from './paths.mjs';
import { run, StepError } from './processes.mjs';

/** Versions of packages, by their names. @typedef {Record<string, string>} Versions */

/**
 * Installs a sample and the packed library outside of this repository, as an application would, for as long
 * as `use` takes.
 *
 * @param {string} name A folder in samples/.
 * @param {Versions} versions Versions that replace the sample's own.
 * @param {(folder: string) => Promise<void>} use
 * @throws {StepError} when it cannot be installed.
 */
export async function withSample(name, versions, use) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  try {
    cpSync(join(ROOT, 'samples', name), folder, {
      recursive: true,
      filter: (path) => !['node_modules', 'dist', '.angular', 'package-lock.json'].includes(basename(path)),
    });
    writeManifest(folder, versions);
    const { exitCode } = await npm(
      ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: folder },
    );
    if (exitCode !== 0) throw new StepError('Installing the sample failed; the lines above say why.');
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs the sample's own Angular CLI.
 *
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {string} [node] The Node to run it with; this one unless given.
 * @throws {StepError} when it fails.
 */
export async function runAngular(folder, args, node = process.execPath) {
  const ng = join(folder, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const { exitCode } = await run(node, [ng, ...args], { cwd: folder, env: { NG_CLI_ANALYTICS: 'false' } });
  if (exitCode !== 0)
    throw new StepError(`ng ${args[0] ?? ''} failed in the sample; the lines above say why.`);
}

/**
 * @param {string} folder
 * @param {Versions} versions
 */
function writeManifest(folder, versions) {
  const file = join(folder, 'package.json');
  const manifest = /** @type {{ dependencies: Versions, devDependencies: Versions }} */ (readJson(file));
  for (const wanted of [manifest.dependencies, manifest.devDependencies]) {
    for (const name of Object.keys(wanted)) wanted[name] = versions[name] ?? wanted[name] ?? '';
  }
  manifest.dependencies['@creative-autogpt/realtime'] = `file:${TARBALL}`;
  writeFileSync(file, JSON.stringify(manifest, null, 2));
}
