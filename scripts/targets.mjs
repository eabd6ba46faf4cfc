import { appendFileSync, copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SERVER_BUNDLE, TOOLS } from './paths.mjs';
import { runNode, StepError } from './processes.mjs';
import { fingerprint, isStamped, removeStamp, writeStamp } from './stamps.mjs';

/**
 * Something that is built.
 *
 * @typedef {object} Target
 * @property {string} name
 * @property {string} output Absolute path of a file that exists once it is built.
 * @property {readonly string[]} inputs Files and folders it is built from, relative to the repository.
 * @property {() => Promise<void>} build Throws a {@link StepError} when it fails.
 */

const SHARED_INPUTS = ['protocol', 'tsconfig.json', 'package-lock.json'];

const SCHEMATICS = join(ROOT, 'projects', 'realtime', 'schematics');

/** @type {Target} */
export const APP = {
  name: 'application',
  output: join(ROOT, 'dist', 'app', 'index.html'),
  inputs: [...SHARED_INPUTS, 'src', 'projects/realtime', 'angular.json'],
  build: () => ngBuild('app'),
};

/** @type {Target} The application as it ships, and a way for a benchmark to look into its store. */
export const BENCH_STORE = {
  name: 'bench-store',
  output: join(ROOT, 'dist', 'bench-store', 'index.html'),
  inputs: [...APP.inputs, 'bench/store/page'],
  build: () => ngBuild('bench-store'),
};

/**
 * The application on the library as it is published, instead of on its source: shows that the two fit.
 *
 * @type {Target}
 */
export const APP_ON_BUILT_LIBRARY = {
  name: 'application on the built library',
  output: join(ROOT, 'dist', 'app-on-built-library', 'index.html'),
  inputs: APP.inputs,
  build: () =>
    ngBuild('app', [
      '--ts-config=src/tsconfig.built-library.json',
      '--output-path=dist/app-on-built-library',
    ]),
};

/** @type {Target} */
export const LIBRARY = {
  name: 'library',
  output: join(ROOT, 'dist', 'realtime', 'package.json'),
  inputs: [...SHARED_INPUTS, 'projects/realtime', 'angular.json'],
  build: buildLibrary,
};

/** @type {Target} */
export const SERVER = {
  name: 'server',
  output: SERVER_BUNDLE,
  inputs: [...SHARED_INPUTS, 'server', 'content', 'package.json', 'scripts/server-bundle.mjs'],
  build: bundleServer,
};

/**
 * Builds a target.
 *
 * @param {Target} target
 * @throws {StepError}
 */
export async function build(target) {
  console.log(`Building the ${target.name}…`);
  removeStamp(stampOf(target));
  const current = fingerprint(target.inputs);
  await target.build();
  writeStamp(stampOf(target), current);
}

/**
 * Builds a target if it was never built from what is there now.
 *
 * @param {Target} target
 * @throws {StepError}
 */
export async function ensureBuilt(target) {
  const fresh = existsSync(target.output) && isStamped(stampOf(target), fingerprint(target.inputs));
  if (!fresh) await build(target);
}

/** @param {Target} target */
function stampOf(target) {
  return join(ROOT, 'dist', '.stamps', target.name);
}

/**
 * @param {string} project
 * @param {readonly string[]} options
 */
async function ngBuild(project, options = []) {
  const { exitCode } = await runNode(TOOLS.ng, ['build', project, ...options], {
    env: { NG_CLI_ANALYTICS: 'false' },
  });
  if (exitCode !== 0) throw new StepError(`Building ${project} failed; the lines above say why.`);
}

/** The library and, beside its entry points, the schematics that `ng add` runs. */
async function buildLibrary() {
  await ngBuild('realtime');
  const { exitCode } = await runNode(TOOLS.tsc, ['-p', join(SCHEMATICS, 'tsconfig.build.json')]);
  if (exitCode !== 0) throw new StepError('Building the schematics failed; the lines above say why.');
  for (const file of ['package.json', 'collection.json', 'ng-add/schema.json']) {
    copyFileSync(join(SCHEMATICS, file), join(ROOT, 'dist', 'realtime', 'schematics', file));
  }
  // ng-packagr keeps nested package.json files out of the package; this one says that the schematics are
  // CommonJS.
  appendFileSync(join(ROOT, 'dist', 'realtime', '.npmignore'), '\n!/schematics/package.json\n');
}

/** esbuild is loaded only here, because it is not there before the dependencies are installed. */
async function bundleServer() {
  const { build: bundle } = await import('esbuild');
  const { SERVER_BUNDLE_OPTIONS } = await import('./server-bundle.mjs');
  try {
    await bundle(SERVER_BUNDLE_OPTIONS);
  } catch (error) {
    throw new StepError('Building the server failed; the lines above say why.', { cause: error });
  }
}
