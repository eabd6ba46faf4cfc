/**
 * `npm run package:sample` and `npm run package:angular22`: installs the packed library into a copy of
 * samples/chat-board outside of this repository, as an application would, tries `ng add`, and builds it for production.
 */
import './node-version.mjs';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { readJson } from './json.mjs';
import { npm } from './npm.mjs';
import { packLibrary, TARBALL } from './package-tarball.mjs';
import { ROOT } from './paths.mjs';
import { run, runMain, runNode, StepError } from './processes.mjs';

/** Versions that replace the sample's own, by the major version of Angular. @type {Record<string, Versions>} */
const VERSIONS = {
  21: {},
  22: {
    '@angular/build': '22.2.7',
    '@angular/cli': '22.2.7',
    '@angular/common': '22.2.6',
    '@angular/compiler': '22.2.6',
    '@angular/compiler-cli': '22.2.6',
    '@angular/core': '22.2.6',
    '@angular/platform-browser': '22.2.6',
    '@ngrx/signals': '22.0.1',
    typescript: '6.0.3',
  },
};

/** Angular 22 needs Node 22.22 or later; where this one is older, the registry's `node` package brings it. */
const NODE_FOR_ANGULAR_22 = '22.23.3';

/** @typedef {Record<string, string>} Versions */

await runMain(async () => {
  const angular = process.argv[2] ?? '21';
  const versions = VERSIONS[angular];
  if (!versions) throw new StepError(`Angular ${angular} is not among those the library is checked with.`);
  await ensureInstalled();
  await packLibrary();
  const folder = mkdtempSync(join(tmpdir(), 'chat-board-'));
  try {
    await buildSample(folder, versions, angular === '22' && !runsAngular22());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`The packed library installs and builds with Angular ${angular}.`);
});

/**
 * @param {string} folder
 * @param {Versions} versions
 * @param {boolean} bringNode Whether to build with a Node of its own.
 */
async function buildSample(folder, versions, bringNode) {
  cpSync(join(ROOT, 'samples', 'chat-board'), folder, {
    recursive: true,
    filter: (path) => !['node_modules', 'dist', '.angular', 'package-lock.json'].includes(basename(path)),
  });
  writeManifest(folder, versions);
  const { exitCode } = await npm(
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: folder,
    },
  );
  if (exitCode !== 0) throw new StepError('Installing the sample failed; the lines above say why.');

  const node = bringNode ? await installNode(folder) : process.execPath;
  const ng = join(folder, 'node_modules', '@angular', 'cli', 'bin', 'ng.js');
  const tryAdd = ['generate', '@creative-autogpt/realtime:ng-add', '--defaults', '--dry-run'];
  for (const args of [tryAdd, ['build', '--no-progress']]) {
    const { exitCode: failed } = await run(node, [ng, ...args], {
      cwd: folder,
      env: { NG_CLI_ANALYTICS: 'false' },
    });
    if (failed !== 0)
      throw new StepError(`ng ${args[0] ?? ''} failed in the sample; the lines above say why.`);
  }
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

/**
 * Installs Node beside the sample. npm runs no install scripts unless told to, and this package's script is what fetches
 * the binary for this system.
 *
 * @param {string} folder
 * @returns {Promise<string>} the executable
 */
async function installNode(folder) {
  const wanted = `node@${NODE_FOR_ANGULAR_22}`;
  const { exitCode } = await npm(
    ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', wanted],
    {
      cwd: folder,
    },
  );
  const home = join(folder, 'node_modules', 'node');
  const { exitCode: failed } = await runNode(join(home, 'installArchSpecificPackage.js'), [], { cwd: home });
  if (exitCode !== 0 || failed !== 0) throw new StepError(`Installing ${wanted} failed; see above.`);
  return join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function runsAngular22() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 15) || (major === 22 && minor >= 22);
}
