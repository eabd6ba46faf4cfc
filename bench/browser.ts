import { chromium } from '@playwright/test';
import { store } from './store/store';
import { throughput } from './throughput/throughput';

/** Measures the library beside its peers and the application under load, in one browser. */
export async function browser(): Promise<string> {
  const opened = await chromium.launch({
    executablePath: process.env['CHROME_BIN'] ?? '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    return `${await throughput(opened)}\n\n${await store(opened)}`;
  } finally {
    await opened.close();
  }
}
