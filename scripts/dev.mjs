/**
 * `npm run dev`: the server restarts and the page reloads when their sources change. Both end with this
 * process.
 */
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runMain } from './processes.mjs';

await runMain(ensureInstalled);

const DEV_ORIGIN_PORT = 4200;

const children = [
  start([TOOLS.tsx, 'watch', '--clear-screen=false', 'server/main.ts'], {
    TSX_TSCONFIG_PATH: join(ROOT, 'server', 'tsconfig.json'),
  }),
  start([TOOLS.ng, 'serve', 'app', '--port', String(DEV_ORIGIN_PORT)], { NG_CLI_ANALYTICS: 'false' }),
];

for (const child of children) child.once('exit', stop);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);

/**
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 */
function start(args, env) {
  return spawn(process.execPath, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' });
}

function stop() {
  for (const child of children) child.kill();
}
