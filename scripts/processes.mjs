import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './paths.mjs';

/**
 * A step that failed for a reason the person at the terminal can act on; its message is all they need to see.
 */
export class StepError extends Error {}

/**
 * @typedef {object} Finished
 * @property {number} exitCode 0 for success; 1 when a signal ended the process.
 * @property {string} output What it wrote to stdout and stderr, without colours; kept only if captured or in
 *   the background.
 */

/** What the processes of a task in the background have written. @type {AsyncLocalStorage<string[]>} */
const background = new AsyncLocalStorage();

/** Processes in the background that give way to others. @type {Set<number>} */
const givingWay = new Set();
let isForegroundOver = false;

/**
 * Nothing else is to be done any more: what runs in the background gives way no longer, as far as the system
 * lets it.
 */
export function endForeground() {
  isForegroundOver = true;
  for (const pid of givingWay) {
    try {
      setPriority(pid, constants.priority.PRIORITY_NORMAL);
    } catch (error) {
      // Only a privileged user may raise a priority; the process may also have ended meanwhile.
      if (!isSystemError(error, ['EACCES', 'EPERM', 'ESRCH'])) throw error;
    }
  }
}

/**
 * @param {unknown} error
 * @param {readonly string[]} codes
 */
function isSystemError(error, codes) {
  const code =
    error instanceof Error ? /** @type {{ info?: { code?: string } }} */ (error).info?.code : undefined;
  return code !== undefined && codes.includes(code);
}

/**
 * Runs a task in the background: the processes it starts give way to all others, and what they write is kept
 * until the task has ended.
 *
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<{ result: T, output: string }>}
 */
export async function inBackground(task) {
  /** @type {string[]} */
  const written = [];
  const result = await background.run(written, task);
  return { result, output: written.join('') };
}

/**
 * Runs a command to its end, its output shown as it comes, or later if this is {@link inBackground}.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, capture?: boolean, shell?: boolean }} [options] `cwd`
 *   is the repository unless given; `env` is added to this process's; `capture` also collects the output.
 * @returns {Promise<Finished>}
 * @throws {StepError} when the command cannot be started.
 */
export function run(command, args, { cwd = ROOT, env = {}, capture = false, shell = false } = {}) {
  const written = background.getStore();
  const isRead = capture || written !== undefined;
  return new Promise((resolve, reject) => {
    const colours = isRead && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...colours, ...env },
      stdio: isRead ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      shell,
    });
    const { pid } = child;
    if (written !== undefined && pid !== undefined && !isForegroundOver) {
      setPriority(pid, constants.priority.PRIORITY_LOW);
      givingWay.add(pid);
      child.once('exit', () => givingWay.delete(pid));
    }
    let output = '';
    /** @param {NodeJS.WritableStream} terminal */
    const passOnTo = (terminal) => (/** @type {string} */ text) => {
      if (written === undefined) terminal.write(text);
      else written.push(text);
      output += text;
    };
    child.stdout?.setEncoding('utf8').on('data', passOnTo(process.stdout));
    child.stderr?.setEncoding('utf8').on('data', passOnTo(process.stderr));
    child.on('error', (error) => {
      reject(new StepError(`Could not run ${command}: ${error.message}`));
    });
    child.on('close', (code) => {
      resolve({ exitCode: code ?? 1, output: stripVTControlCharacters(output) });
    });
  });
}

/**
 * Runs a JavaScript tool with this Node.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, capture?: boolean, nodeOptions?: readonly string[] }}
 *   [options]
 */
export function runNode(file, args, { nodeOptions = [], ...options } = {}) {
  return run(process.execPath, [...nodeOptions, file, ...args], options);
}

/**
 * Runs a script's main function: a {@link StepError} ends the process with its message alone, anything else
 * with its stack.
 *
 * @param {() => Promise<void>} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof StepError ? `\n${error.message}` : error);
    process.exit(1);
  }
}
