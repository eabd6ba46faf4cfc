import { chromium } from '@playwright/test';
import { store } from './store/store';
import { throughput } from './throughput/throughput';

const browser = await chromium.launch({
  executablePath: process.env['CHROME_BIN'] ?? '',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  console.log(await throughput(browser));
  console.log(`\n${await store(browser)}`);
} finally {
  await browser.close();
}
