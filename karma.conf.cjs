/** Headless Chromium for both Angular projects; CHROME_BIN names the browser (scripts/chromium.mjs finds it). */
module.exports = (config) => {
  config.set({
    frameworks: ['jasmine'],
    plugins: [require('karma-jasmine'), require('karma-chrome-launcher')],
    client: { jasmine: { random: true, failSpecWithNoExpectations: true, forbidDuplicateNames: true } },
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
