/**
 * `npm run types`: type-checks everything that is not built, templates included. What ships is checked once more, with
 * its own settings, by `npm run build`.
 */
import './node-version.mjs';
import { ensureInstalled } from './install.mjs';
import { TOOLS } from './paths.mjs';
import { runMain, runNode, StepError } from './processes.mjs';

/** @type {readonly (readonly [tool: string, project: string])[]} */
const PROJECTS = [
  [TOOLS.ngc, 'src/tsconfig.spec.json'],
  [TOOLS.ngc, 'projects/realtime/tsconfig.spec.json'],
  [TOOLS.tsc, 'projects/realtime/schematics/tsconfig.json'],
  [TOOLS.ngc, 'samples/chat-board/tsconfig.json'],
  [TOOLS.ngc, 'samples/size/tsconfig.json'],
  [TOOLS.tsc, 'protocol/tsconfig.json'],
  [TOOLS.tsc, 'server/tsconfig.json'],
  [TOOLS.tsc, 'e2e/tsconfig.json'],
  [TOOLS.tsc, 'faults/tsconfig.json'],
  [TOOLS.tsc, 'bench/tsconfig.json'],
  [TOOLS.tsc, 'scripts/tsconfig.json'],
];

await runMain(async () => {
  await ensureInstalled();
  /** @type {string[]} */
  const failed = [];
  for (const [tool, project] of PROJECTS) {
    const { exitCode } = await runNode(tool, ['-p', project, '--noEmit']);
    if (exitCode !== 0) failed.push(project);
  }
  if (failed.length > 0) throw new StepError(`Types are wrong in ${failed.join(', ')}.`);
});
