/**
 * `npm run check`: says what is wrong with the database in DATA_DIR, and leaves it as it is; the exit code is 1
 * when something is. `-- --repair` recovers what is left of it, after a copy, while no server uses it.
 */
import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { CHECK_BUNDLE } from './paths.mjs';
import { runMain, runNode } from './processes.mjs';
import { ensureBuilt, SERVER } from './targets.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt(SERVER);
  const { exitCode } = await runNode(CHECK_BUNDLE, process.argv.slice(2));
  process.exitCode = exitCode;
});
