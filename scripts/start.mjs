/**
 * `npm start`: installs what is missing, builds what is stale, and becomes the server, which prints its
 * address. Environment variables are the server's; README.md lists them.
 */
import './node-version.mjs';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { SERVER_BUNDLE } from './paths.mjs';
import { runMain } from './processes.mjs';
import { APP, ensureBuilt, SERVER } from './targets.mjs';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt(APP);
  await ensureBuilt(SERVER);
});

process.setSourceMapsEnabled(true);
await import(pathToFileURL(SERVER_BUNDLE).href);
