/** Time (ms) a spec has: some wait for the browser's own database or streams, and the machine may be busy with everything else. */
const SPEC_TIMEOUT_MS = 60_000;

/** Time (ms) without a word from the browser after which it is given up; longer than any one spec may take. */
const SILENCE_TIMEOUT_MS = 120_000;

/** Headless Chromium for both Angular projects; CHROME_BIN names the browser (scripts/chromium.mjs finds it). */
module.exports = (config) => {
  config.set({
    frameworks: ['jasmine'],
    plugins: [require('karma-jasmine'), require('karma-chrome-launcher')],
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
