/**
 * `npm run package:check`: packs the library and has publint and "are the types wrong?" look at the tarball.
 * It is published as ECMAScript modules alone, as Angular libraries are.
 */
import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { packLibrary, TARBALL } from './package-tarball.mjs';
import { TOOLS } from './paths.mjs';
import { runMain, runNode, StepError } from './processes.mjs';

await runMain(async () => {
  await ensureInstalled();
  await packLibrary();
  const { exitCode: publint } = await runNode(TOOLS.publint, ['run', TARBALL, '--strict']);
  const { exitCode: attw } = await runNode(TOOLS.attw, [
    TARBALL,
    '--profile',
    'esm-only',
    '--format',
    'ascii',
  ]);
  if (publint !== 0 || attw !== 0) throw new StepError('The package is not as it should be; see above.');
});
