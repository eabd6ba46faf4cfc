import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { ensureChromium, ensureFirefox, ensureHeadlessChromium } from './browsers.mjs';
import { ensureFonts } from './fonts.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runNode, StepError } from './processes.mjs';
import { ensureRedis } from './redis.mjs';
import { runFaults } from './run-faults.mjs';
import { APP, APP_ON_BUILT_LIBRARY, build, ensureBuilt, LIBRARY, SERVER } from './targets.mjs';
import { countCheck, countJasmine, countKarma, countPlaywright, total } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {(words: readonly string[]) => Promise<Counts>} run The part that every change needs; of a suite
 *   that
 * `takesWords`, only the spec files with one of `words` in their paths. Throws a StepError when it cannot
 * even begin.
 * @property {true} [takesWords]
 * @property {() => Promise<Counts>} [release] The part that only a release needs; `npm run test:release` runs
 *   it after the other.
 * @property {'background'} [place] Runs behind the others, in the time that they leave: most of them wait for
 *   something.
 * @property {string} [after] Name of the suite that it has to come after.
 */

/** Tests with this tag are long, or look at what changes rarely: only a release needs them. */
const RELEASE_TAG = '@release';

/** The suites in the order in which they tell most for the least time. @type {readonly Suite[]} */
export const SUITES = [
  { name: 'scripts', run: testScripts },
  { name: 'lint', run: lint, place: 'background' },
  { name: 'types', run: () => runCheck('types.mjs', ['--uncompiled']), place: 'background' },
  { name: 'build', run: () => runCheck('build.mjs') },
  { name: 'unit', run: testUnits, takesWords: true, release: testLibraryInFirefox },
  { name: 'server', run: testServer, takesWords: true },
  {
    name: 'package',
    run: testPackage,
    release: testPublishedPackage,
    place: 'background',
    after: 'build',
  },
  {
    name: 'e2e',
    run: (words) => testEndToEnd(words.length > 0 ? words : ['--grep-invert', RELEASE_TAG]),
    takesWords: true,
    release: () => testEndToEnd(['--grep', RELEASE_TAG]),
  },
  { name: 'faults', run: testFaults },
  { name: 'attacks', run: testAttacks, takesWords: true },
];

async function lint() {
  const { exitCode: rules } = await runNode(TOOLS.eslint, ['.', '--max-warnings', '0']);
  const { exitCode: format } = await runNode(TOOLS.prettier, ['--check', '--log-level', 'warn', '.']);
  return countCheck(rules || format);
}

/**
 * @param {string} script
 * @param {readonly string[]} args
 */
async function runCheck(script, args = []) {
  const { exitCode } = await runNode(join(ROOT, 'scripts', script), args);
  return countCheck(exitCode);
}

async function testScripts() {
  const { output, exitCode } = await runNode(TOOLS.jasmine, ['--config=scripts/jasmine.json'], {
    capture: true,
  });
  return countJasmine(output, exitCode);
}

/** @param {readonly string[]} words */
async function testServer(words) {
  const specs = words.length > 0 ? specsNamed('server', words) : [];
  if (words.length > 0 && specs.length === 0) throw noSpec(words);
  const { output, exitCode } = await runNode(TOOLS.jasmine, ['--config=server/jasmine.json', ...specs], {
    capture: true,
    nodeOptions: ['--import', 'tsx'],
    env: {
      TSX_TSCONFIG_PATH: join(ROOT, 'server', 'tsconfig.json'),
      REDIS_SERVER_BIN: await ensureRedis(),
    },
  });
  return countJasmine(output, exitCode);
}

/**
 * The library first: when it is broken, so is the application.
 *
 * @param {readonly string[]} words
 */
async function testUnits(words) {
  const env = { CHROME_BIN: await ensureChromium() };
  const all = [];
  for (const { project, folder, sources } of [
    { project: 'realtime', folder: 'projects/realtime', sources: 'projects/realtime/src' },
    { project: 'app', folder: 'src', sources: 'src' },
  ]) {
    const chosen = words.length > 0 ? specsNamed(folder, words) : [];
    if (words.length > 0 && chosen.length === 0) continue;
    // Angular's builder takes paths from the folder of a project's sources on.
    const included = chosen.map((file) => `--include=${posix.relative(sources, file)}`);
    all.push(await runKarma(project, included, env));
  }
  if (all.length === 0) throw noSpec(words);
  return total(all);
}

/** The library's specs in a second browser engine, which has its own sockets, tabs, storage and streams. */
async function testLibraryInFirefox() {
  return runKarma('realtime', ['--browsers=FirefoxHeadless'], { FIREFOX_BIN: await ensureFirefox() });
}

/**
 * @param {string} project
 * @param {readonly string[]} options
 * @param {Record<string, string>} browser The variable that names its executable.
 */
async function runKarma(project, options, browser) {
  const { output, exitCode } = await runNode(TOOLS.ng, ['test', project, '--no-progress', ...options], {
    capture: true,
    env: { ...browser, NG_CLI_ANALYTICS: 'false' },
  });
  return countKarma(output, exitCode);
}

/**
 * Paths of the spec files below `folder` that have one of `words` in them.
 *
 * @param {string} folder relative to the repository
 * @param {readonly string[]} words
 */
function specsNamed(folder, words) {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts') && !file.startsWith('schematics'))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => words.some((word) => file.includes(word)));
}

/** @param {readonly string[]} words */
function noSpec(words) {
  return new StepError(`No spec file has ${words.join(' or ')} in its path.`);
}

/** What a change of the library can break for those who install it: `ng add` and the public API. */
async function testPackage() {
  await ensureBuilt(LIBRARY);
  const { output, exitCode } = await runNode(
    TOOLS.jasmine,
    ['--config=projects/realtime/schematics/jasmine.json'],
    {
      capture: true,
      nodeOptions: ['--import', 'tsx'],
      env: { TSX_TSCONFIG_PATH: join(ROOT, 'projects', 'realtime', 'schematics', 'tsconfig.json') },
    },
  );
  return total([countJasmine(output, exitCode), await runCheck('package-api.mjs')]);
}

/**
 * The library as it is published: the tarball, its size, the application on it, and applications that install
 * it.
 */
async function testPublishedPackage() {
  await build(APP_ON_BUILT_LIBRARY);
  const all = [countCheck(0)];
  for (const name of ['check', 'size', 'zones']) all.push(await runCheck(`package-${name}.mjs`));
  for (const angular of ['21', '22']) all.push(await runCheck('package-sample.mjs', [angular]));
  return total(all);
}

/** @param {readonly string[]} chosen Which tests, by Playwright's options. */
async function testEndToEnd(chosen) {
  await ensureFonts();
  const env = { CHROME_BIN: await ensureHeadlessChromium() };
  await ensureBuilt(APP);
  await ensureBuilt(SERVER);
  const { output, exitCode } = await runNode(
    TOOLS.playwright,
    ['test', '--config=e2e/playwright.config.ts', ...chosen],
    {
      capture: true,
      env,
    },
  );
  return countPlaywright(output, exitCode);
}

/**
 * The same faults each time, so that a failure repeats itself; `npm run test:faults` takes others. What needs
 * networks of its own is left out.
 */
async function testFaults() {
  const words = ['storms', 'soak', 'killed', 'cluster'];
  const { output, exitCode } = await runFaults({ suite: 'faults', words, seed: 1, short: true });
  return countJasmine(output, exitCode);
}

/**
 * Likewise a part of the attacks; `npm run test:attacks` makes all of them.
 *
 * @param {readonly string[]} words
 */
async function testAttacks(words) {
  const { output, exitCode } = await runFaults({ suite: 'attacks', words, seed: 1, short: true });
  return countJasmine(output, exitCode);
}
