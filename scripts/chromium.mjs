import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from './apt.mjs';
import { run, StepError } from './processes.mjs';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const HEADLESS_SHELL = 'chromium-headless-shell';

const MAC_BINARIES = [
  'Chromium.app/Contents/MacOS/Chromium',
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_BINARIES = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Path of the browser the tests run in: CHROME_BIN, else one in the usual places of this system.
 *
 * @returns {string | undefined}
 * @throws {StepError} when CHROME_BIN names a file that is not there.
 */
export function findChromium() {
  const chosen = process.env['CHROME_BIN'];
  if (chosen) {
    if (!existsSync(chosen)) throw new StepError(`CHROME_BIN is ${chosen}, but there is no such file.`);
    return chosen;
  }
  return candidates().find((path) => existsSync(path));
}

/**
 * Path of the browser the tests run in, installed first if there is none.
 *
 * @returns {Promise<string>}
 * @throws {StepError} when there is none and none can be installed.
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (canInstallPackages()) {
    console.log('Installing Chromium…');
    await installPackages(['chromium']);
    const installed = findChromium();
    // Some distributions ship a stub under this name that only says where the browser can be had.
    if (installed && (await run(installed, ['--version'])).exitCode === 0) return installed;
  }
  throw new StepError(
    'The tests need Chromium or Chrome. Install one (Debian: apt-get install chromium; macOS: brew install --cask ' +
      'chromium; Windows: winget install Google.Chrome), or set CHROME_BIN to its executable.',
  );
}

/**
 * Path of Chromium's headless shell: the same engine without what a screen needs, and less work for the machine. The browser of
 * {@link ensureChromium} where there is no such shell, or CHROME_BIN names one.
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

/** @returns {string[]} */
function candidates() {
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      MAC_BINARIES.map((binary) => join(folder, binary)),
    );
  }
  if (process.platform === 'win32') {
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .map((variable) => process.env[variable])
      .flatMap((folder) => (folder ? WINDOWS_BINARIES.map((binary) => join(folder, binary)) : []));
  }
  return inPath(NAMES);
}

/** @param {readonly string[]} names */
function inPath(names) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}
