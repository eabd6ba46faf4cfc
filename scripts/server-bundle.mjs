import { dirname, join } from 'node:path';
import { ROOT, SERVER_BUNDLE } from './paths.mjs';

/**
 * How esbuild makes the server's files, one for each program; packages stay in node_modules.
 *
 * @satisfies {import('esbuild').BuildOptions}
 */
export const SERVER_BUNDLE_OPTIONS = {
  absWorkingDir: ROOT,
  entryPoints: [join(ROOT, 'server', 'main.ts'), join(ROOT, 'server', 'check.ts')],
  outdir: dirname(SERVER_BUNDLE),
  tsconfig: join(ROOT, 'server', 'tsconfig.json'),
  bundle: true,
  format: /** @type {const} */ ('esm'),
  platform: /** @type {const} */ ('node'),
  target: 'node20',
  packages: /** @type {const} */ ('external'),
  sourcemap: true,
  logLevel: /** @type {const} */ ('warning'),
};
