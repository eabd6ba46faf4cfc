/**
 * `npm run size`: what the library adds to an Angular application, minified and gzipped: its core, and
 * everything it can do. The applications in samples/size are built by Angular's own builder from the built
 * library; the peers, which need no Angular, are bundled by esbuild.
 */
import './node-version.mjs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { initialSizes, kilobytes, onDemandSizes, sum } from './initial-size.mjs';
import { ensureInstalled } from './install.mjs';
import { ROOT, TOOLS } from './paths.mjs';
import { runMain, runNode, StepError } from './processes.mjs';
import { ensureBuilt, LIBRARY } from './targets.mjs';

/** Most that each application may be larger than the bare one, in bytes after gzip. */
const LIMITS = { core: 9_000, everything: 23_000 };

/** Clients for comparison, as much of each as an application imports to use it. */
const PEERS = {
  partysocket: "export { WebSocket } from 'partysocket';",
  'reconnecting-websocket': "export { default } from 'reconnecting-websocket';",
  'rxjs webSocket + retry, share, filter':
    "export { webSocket } from 'rxjs/webSocket'; export { filter, retry, share } from 'rxjs';",
  'socket.io-client': "export { io } from 'socket.io-client';",
};

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt(LIBRARY);
  const bare = await applicationSize('bare');
  /** @type {string[]} */
  const tooLarge = [];
  /** @type {[string, string][]} */
  const rows = [];
  for (const [name, limit] of Object.entries(LIMITS)) {
    const { initial, onDemand } = await applicationSize(name);
    const added = initial - bare.initial;
    rows.push([`@creative-autogpt/realtime, ${name}`, `${kilobytes(added)} of ${kilobytes(limit)} allowed`]);
    if (name === 'everything') {
      onDemand.forEach((size, file) => rows.push([`  on demand: ${chunkName(file)}`, kilobytes(size)]));
    }
    if (added > limit) tooLarge.push(name);
  }
  for (const [name, source] of Object.entries(PEERS)) rows.push([name, kilobytes(await peerSize(source))]);
  rows.forEach(([name, size]) => console.log(`  ${name.padEnd(40)}  ${size}`));
  if (tooLarge.length > 0) {
    throw new StepError(
      `Too large: ${tooLarge.join(', ')}. Load lazily what few need, or say it in less code.`,
    );
  }
});

/** @param {string} name One of the configurations in samples/size/angular.json. */
async function applicationSize(name) {
  const { exitCode } = await runNode(TOOLS.ng, ['build', '--configuration', name, '--no-progress'], {
    cwd: join(ROOT, 'samples', 'size'),
    env: { NG_CLI_ANALYTICS: 'false' },
  });
  if (exitCode !== 0) throw new StepError(`Building the application "${name}" failed; see above.`);
  const folder = join(ROOT, 'dist', 'size', name);
  return { initial: sum(initialSizes(folder).values()), onDemand: onDemandSizes(folder) };
}

/**
 * @param {string} file Such as `creative-autogpt-realtime-gunzip-D8rhL8bT-PVETZMTB.js`: what it holds, and
 * hashes.
 */
function chunkName(file) {
  return file.replace(/^creative-autogpt-realtime-/, '').replace(/(-\w{8})?-[A-Z0-9]{8}\.js$/, '');
}

/** @param {string} source */
async function peerSize(source) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: ROOT },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return sum(outputFiles.map(({ contents }) => gzipSync(contents, { level: 9 }).length));
}
