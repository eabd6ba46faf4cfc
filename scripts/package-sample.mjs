/**
 * `npm run package:sample` and `npm run package:angular22`: installs the packed library into a copy of
 * samples/chat-board outside of this repository, as an application would, tries `ng add`, and builds it for
 * production.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { npm } from './npm.mjs';
import { packLibrary } from './package-tarball.mjs';
import { runMain, runNode, StepError } from './processes.mjs';
import { runAngular, withSample } from './sample-folder.mjs';

/**
 * Versions that replace the sample's own, by the major version of Angular.
 *
 * @type {Record<string, import('./sample-folder.mjs').Versions>}
 */
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

await runMain(async () => {
  const angular = process.argv[2] ?? '21';
  const versions = VERSIONS[angular];
  if (!versions) throw new StepError(`Angular ${angular} is not among those the library is checked with.`);
  await ensureInstalled();
  await packLibrary();
  await withSample('chat-board', versions, async (folder) => {
    const node = angular === '22' && !runsAngular22() ? await installNode(folder) : process.execPath;
    await runAngular(
      folder,
      ['generate', '@creative-autogpt/realtime:ng-add', '--defaults', '--dry-run'],
      node,
    );
    await runAngular(folder, ['build', '--no-progress'], node);
  });
  console.log(`The packed library installs and builds with Angular ${angular}.`);
});

/**
 * Installs Node beside the sample. npm runs no install scripts unless told to, and this package's script is
 * what fetches the binary for this system.
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
