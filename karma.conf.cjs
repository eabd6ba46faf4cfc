/**
 * Time (ms) a spec has: some wait for the browser's own database or streams, and the machine may be busy with
 * everything else.
 */
const SPEC_TIMEOUT_MS = 60_000;

/**
 * Time (ms) without a word from the browser after which it is given up; longer than any one spec may take.
 */
const SILENCE_TIMEOUT_MS = 120_000;

/**
 * Headless browsers for both Angular projects: Chromium, or Firefox with `--browsers=FirefoxHeadless`.
 * CHROME_BIN and FIREFOX_BIN name them (scripts/browsers.mjs finds them).
 */
module.exports = (config) => {
  config.set({
    frameworks: ['jasmine'],
    plugins: [require('karma-jasmine'), require('karma-chrome-launcher'), require('karma-firefox-launcher')],
    client: {
      jasmine: {
        random: true,
        failSpecWithNoExpectations: true,
        forbidDuplicateNames: true,
        timeoutInterval: SPEC_TIMEOUT_MS,
      },
    },
    browserNoActivityTimeout: SILENCE_TIMEOUT_MS,
    captureTimeout: SILENCE_TIMEOUT_MS,
    reporters: ['dots'],
    browsers: ['HeadlessChromium'],
    customLaunchers: {
      HeadlessChromium: {
        base: 'ChromeHeadless',
        flags: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--lang=en'],
      },
    },
    restartOnFileChange: false,
    singleRun: true,
  });
};
