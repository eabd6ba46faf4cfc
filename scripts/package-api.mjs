/**
 * `npm run api:check`: compares what the built library exports with projects/realtime/api, one file for each
 * entry point. `npm run api:update` (`--update`) writes these files anew.
 */
import './node-version.mjs';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { LIBRARY_FOLDER, libraryManifest } from './package-tarball.mjs';
import { ROOT } from './paths.mjs';
import { run, runMain, StepError } from './processes.mjs';
import { ensureBuilt, LIBRARY } from './targets.mjs';

const GOLDEN_FOLDER = join(ROOT, 'projects', 'realtime', 'api');
const INSTRUCTIONS =
  'If that is meant, run `npm run api:update`, commit projects/realtime/api and say it in CHANGELOG.md.';

await runMain(async () => {
  await ensureInstalled();
  await ensureBuilt(LIBRARY);
  const current = await currentApi();
  if (process.argv.includes('--update')) {
    writeGolden(current);
  } else {
    await compare(current);
  }
});

/**
 * The public API of each entry point, by the name of its golden file. @returns {Promise<Map<string, string>>}
 */
async function currentApi() {
  const { describePublicApi } = await import('./public-api.mjs');
  const { format, resolveConfig } = await import('prettier');
  const style = await resolveConfig(join(GOLDEN_FOLDER, 'realtime.api.md'));
  /** @type {Map<string, string>} */
  const api = new Map();
  for (const [path, { types }] of Object.entries(libraryManifest().exports)) {
    if (types === undefined) continue;
    const entry = `@creative-autogpt/realtime${path.slice(1)}`;
    const text = [
      `# Public API of \`${entry}\``,
      'Written by `npm run api:update`; do not edit.',
      `\`\`\`ts\n${describePublicApi(join(LIBRARY_FOLDER, types))}\n\`\`\`\n`,
    ].join('\n\n');
    const name = `${entry.slice('@creative-autogpt/'.length).replaceAll('/', '-')}.api.md`;
    api.set(name, await format(text, { ...style, parser: 'markdown' }));
  }
  return api;
}

/** @param {ReadonlyMap<string, string>} current */
function writeGolden(current) {
  rmSync(GOLDEN_FOLDER, { recursive: true, force: true });
  mkdirSync(GOLDEN_FOLDER, { recursive: true });
  current.forEach((text, name) => writeFileSync(join(GOLDEN_FOLDER, name), text));
  console.log(`Written: ${[...current.keys()].join(', ')}`);
}

/**
 * @param {ReadonlyMap<string, string>} current
 * @throws {StepError} when anything differs.
 */
async function compare(current) {
  const known = existsSync(GOLDEN_FOLDER) ? readdirSync(GOLDEN_FOLDER) : [];
  const names = [...new Set([...known, ...current.keys()])].sort();
  const changed = names.filter((name) => goldenText(name) !== (current.get(name) ?? ''));
  const folder = join(ROOT, 'dist', 'api');
  for (const name of changed) {
    mkdirSync(folder, { recursive: true });
    const now = join(folder, name);
    writeFileSync(now, current.get(name) ?? '');
    await run('git', ['--no-pager', 'diff', '--no-index', '--', join(GOLDEN_FOLDER, name), now]);
  }
  if (changed.length > 0)
    throw new StepError(`The public API has changed: ${changed.join(', ')}. ${INSTRUCTIONS}`);
  console.log(`The public API is as written in projects/realtime/api: ${names.join(', ')}`);
}

/** @param {string} name */
function goldenText(name) {
  const file = join(GOLDEN_FOLDER, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
