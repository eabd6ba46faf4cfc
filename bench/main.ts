import { browser } from './browser';
import { server } from './server/server';

/** The parts of the benchmark, by the names that `npm run bench` knows. */
const PARTS: Readonly<Record<string, () => Promise<string>>> = { browser, server };

for (const name of process.argv.slice(2)) {
  console.log(`${await PARTS[name]?.()}\n`);
}
