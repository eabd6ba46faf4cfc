import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Absolute path of the server's bundle, which serves `dist/app` beside it. */
export const SERVER_BUNDLE = join(ROOT, 'dist', 'server', 'main.js');

/** Absolute path of the program that checks a database, beside the server's. */
export const CHECK_BUNDLE = join(ROOT, 'dist', 'server', 'check.js');

/**
 * JavaScript entry files of the tools in node_modules. They are run with this Node directly: no shell, no
 * npx, the same on every system.
 */
export const TOOLS = {
  attw: join(ROOT, 'node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js'),
  eslint: join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'),
  jasmine: join(ROOT, 'node_modules', 'jasmine', 'bin', 'jasmine.js'),
  ng: join(ROOT, 'node_modules', '@angular', 'cli', 'bin', 'ng.js'),
  ngc: join(ROOT, 'node_modules', '@angular', 'compiler-cli', 'bundles', 'src', 'bin', 'ngc.js'),
  playwright: join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js'),
  prettier: join(ROOT, 'node_modules', 'prettier', 'bin', 'prettier.cjs'),
  publint: join(ROOT, 'node_modules', 'publint', 'src', 'cli.js'),
  tsx: join(ROOT, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
  tsc: join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'),
};
