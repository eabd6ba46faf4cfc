/**
 * `npm run build`: application, library and server into dist/, and the size of what a first visit downloads.
 */
import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { checkInitialSize } from './initial-size.mjs';
import { runMain } from './processes.mjs';
import { APP, build, LIBRARY, SERVER } from './targets.mjs';

await runMain(async () => {
  await ensureInstalled();
  for (const target of [LIBRARY, APP, SERVER]) await build(target);
  checkInitialSize();
});
