/**
 * `npm run types`: type-checks everything that is not built, templates included. What ships is checked once
 * more, with its own settings, by `npm run build`. `--uncompiled` leaves out what `ng test` compiles, with
 * the same settings.
 */
import './node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';
import { TOOLS } from './paths.mjs';
import { runMain, runNode, StepError } from './processes.mjs';

/** What `ng test` compiles. @type {readonly string[]} */
const COMPILED = ['src/tsconfig.spec.json', 'projects/realtime/tsconfig.spec.json'];

/** What takes longest comes first. @type {readonly (readonly [tool: string, project: string])[]} */
const PROJECTS = [
  [TOOLS.ngc, 'src/tsconfig.spec.json'],
  [TOOLS.tsc, 'server/tsconfig.json'],
  [TOOLS.tsc, 'bench/tsconfig.json'],
  [TOOLS.ngc, 'projects/realtime/tsconfig.spec.json'],
  [TOOLS.tsc, 'faults/tsconfig.json'],
  [TOOLS.tsc, 'attacks/tsconfig.json'],
  [TOOLS.ngc, 'samples/size/tsconfig.json'],
  [TOOLS.ngc, 'samples/chat-board/tsconfig.json'],
  [TOOLS.ngc, 'samples/zones/tsconfig.json'],
  [TOOLS.tsc, 'e2e/tsconfig.json'],
  [TOOLS.tsc, 'protocol/tsconfig.json'],
  [TOOLS.tsc, 'scripts/tsconfig.json'],
  [TOOLS.tsc, 'projects/realtime/schematics/tsconfig.json'],
];

await runMain(async () => {
  const { uncompiled } = parseArgs({ options: { uncompiled: { type: 'boolean', default: false } } }).values;
  await ensureInstalled();
  /** @type {string[]} */
  const failed = [];
  const waiting = PROJECTS.filter(([, project]) => !(uncompiled && COMPILED.includes(project)));
  const checkOneAfterTheOther = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [tool, project] = next;
      const { exitCode } = await runNode(tool, ['-p', project, '--noEmit']);
      if (exitCode !== 0) failed.push(project);
    }
  };
  await Promise.all([checkOneAfterTheOther(), checkOneAfterTheOther()]);
  if (failed.length > 0) throw new StepError(`Types are wrong in ${failed.join(', ')}.`);
});
