import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from './apt.mjs';
import { run, StepError } from './processes.mjs';

/**
 * A browser that tests run in, and where it is on each system.
 *
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} variable Environment variable with the path of its executable.
 * @property {readonly string[]} linux Names of its executable.
 * @property {readonly string[]} mac Paths below a folder of applications.
 * @property {readonly string[]} windows Paths below a folder of programs.
 * @property {string} debian Name of its package.
 * @property {string} howTo How a person installs it.
 */

/** @type {Browser} */
const CHROMIUM = {
  name: 'Chromium or Chrome',
  variable: 'CHROME_BIN',
  linux: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
  ],
  mac: [
    'Chromium.app/Contents/MacOS/Chromium',
    'Google Chrome.app/Contents/MacOS/Google Chrome',
    'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  windows: [
    'Google\\Chrome\\Application\\chrome.exe',
    'Chromium\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ],
  debian: 'chromium',
  howTo:
    'Debian: apt-get install chromium; macOS: brew install --cask chromium; Windows: winget install Google.Chrome',
};

/** @type {Browser} */
const FIREFOX = {
  name: 'Firefox',
  variable: 'FIREFOX_BIN',
  linux: ['firefox', 'firefox-esr'],
  mac: ['Firefox.app/Contents/MacOS/firefox'],
  windows: ['Mozilla Firefox\\firefox.exe'],
  debian: 'firefox-esr',
  howTo:
    'Debian: apt-get install firefox-esr; macOS: brew install --cask firefox; Windows: winget install Mozilla.Firefox',
};

const HEADLESS_SHELL = 'chromium-headless-shell';

/**
 * Path of the Chromium that tests run in: CHROME_BIN, else one in the usual places of this system.
 *
 * @throws {StepError} when CHROME_BIN names a file that is not there.
 */
export const findChromium = () => find(CHROMIUM);

/**
 * Path of the Chromium that tests run in, installed first if there is none.
 *
 * @throws {StepError} when there is none and none can be installed.
 */
export const ensureChromium = () => ensure(CHROMIUM);

/**
 * Path of the Firefox that tests run in: FIREFOX_BIN, else one in the usual places of this system. Firefox is
 * installed first if there is none.
 *
 * @throws {StepError} when there is none and none can be installed.
 */
export const ensureFirefox = () => ensure(FIREFOX);

/**
 * Path of Chromium's headless shell: the same engine without what a screen needs, and less work for the
 * machine. The browser of {@link ensureChromium} where there is no such shell, or CHROME_BIN names one.
 *
 * @returns {Promise<string>}
 * @throws {StepError} when there is no browser and none can be installed.
 */
export async function ensureHeadlessChromium() {
  if (process.env['CHROME_BIN']) return ensureChromium();
  const found = findHeadlessShell();
  if (found) return found;
  if (canInstallPackages()) {
    console.log(`Installing ${HEADLESS_SHELL}…`);
    if (!(await installPackages([HEADLESS_SHELL])))
      console.warn('It could not be installed; going on without it.');
  }
  return findHeadlessShell() ?? ensureChromium();
}

function findHeadlessShell() {
  return inPath([HEADLESS_SHELL]).find((path) => existsSync(path));
}

/**
 * @param {Browser} browser
 * @returns {string | undefined}
 */
function find({ variable, ...browser }) {
  const chosen = process.env[variable];
  if (!chosen) return candidates(browser).find((path) => existsSync(path));
  if (!existsSync(chosen)) throw new StepError(`${variable} is ${chosen}, but there is no such file.`);
  return chosen;
}

/**
 * @param {Browser} browser
 * @returns {Promise<string>}
 */
async function ensure(browser) {
  const found = find(browser);
  if (found) return found;
  const { name, variable, debian, howTo } = browser;
  if (canInstallPackages()) {
    console.log(`Installing ${name}…`);
    await installPackages([debian]);
    const installed = find(browser);
    // Some distributions ship a stub under this name that only says where the browser can be had.
    if (installed && (await run(installed, ['--version'])).exitCode === 0) return installed;
  }
  throw new StepError(`The tests need ${name}. Install it (${howTo}), or set ${variable} to its executable.`);
}

/**
 * @param {Pick<Browser, 'linux' | 'mac' | 'windows'>} browser
 * @returns {string[]}
 */
function candidates({ linux, mac, windows }) {
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      mac.map((binary) => join(folder, binary)),
    );
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((variable) => process.env[variable])
      .flatMap((folder) => (folder ? windows.map((binary) => join(folder, binary)) : []));
  }
  return inPath(linux);
}

/** @param {readonly string[]} names */
function inPath(names) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
