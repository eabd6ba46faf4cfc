import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { useTemporaryDirectory } from './testing/temporary-directory';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
/** Starting a process takes longer than a spec usually may, on a busy machine. */
const PROCESS_TIMEOUT_MS = 60_000;

/** Has the process read a content file as an empty list. */
function emptied(file: string): Record<string, string> {
  const hook = `export const load = (url, context, next) => url.endsWith('/content/${file}')
    ? { format: 'json', source: '[]', shortCircuit: true } : next(url, context);`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(moduleOf(hook))});`;
  return { NODE_OPTIONS: `--import=${moduleOf(register)}` };
}

function moduleOf(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

interface Ending {
  readonly exitCode: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the server process', () => {
  const directory = useTemporaryDirectory();
  const started: ChildProcess[] = [];
  afterEach(() => {
    started.splice(0).forEach((child) => child.kill('SIGKILL'));
  });

  const start = (variables: Record<string, string> = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: REPOSITORY,
      env: {
        PATH: process.env['PATH'],
        TSX_TSCONFIG_PATH: 'tsconfig.json',
        PORT: '0',
        DATA_DIR: directory(),
        LOG_LEVEL: 'warn',
        ...variables,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    return child;
  };
  const endOf = async (child: ReturnType<typeof start>): Promise<Ending> => {
    const [exit, stdout, stderr] = await Promise.all([
      once(child, 'exit'),
      text(child.stdout),
      text(child.stderr),
    ]);
    const exitCode: unknown = exit[0];
    return { exitCode, stdout, stderr };
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(
      `says where it is, serves there, and ends cleanly on ${signal}`,
      async () => {
        const child = start();
        const ending = endOf(child);
        const firstOutput = String((await once(child.stdout, 'data'))[0]);
        const url = /^Creative AutoGPT is ready at (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(firstOutput)?.[1];
        const health = await fetch(`${url ?? ''}/health`);
        await health.text();

        child.kill(signal);

        expect(health.status).toBe(200);
        expect(await ending).toEqual({ exitCode: 0, stdout: firstOutput, stderr: '' });
      },
      PROCESS_TIMEOUT_MS,
    );
  }

  const complaints: Record<string, [variables: () => Record<string, string>, complaint: RegExp]> = {
    'a bad variable': [() => ({ LOG_LEVEL: 'loud' }), /^LOG_LEVEL is "loud"; it must be one of .*\.$/],
    'a DATA_DIR below a file': [
      () => {
        writeFileSync(join(directory(), 'file'), '');
        return { DATA_DIR: join(directory(), 'file', 'data') };
      },
      /^DATA_DIR .* cannot be used .*\. A file is in the place of a directory: move it away\.$/,
    ],
    'a content file that is wrong': [
      () => emptied('en/settings/wuxia.json'),
      /^content\/en\/settings\/wuxia\.json is wrong at towns: .*\. content\/README\.md says what it may hold\.$/,
    ],
    'a damaged database': [
      () => {
        writeFileSync(join(directory(), 'creative-autogpt.db'), 'once upon a time '.repeat(100));
        return {};
      },
      /^The database .* cannot be used .*: restore it from a backup, or move all .*\.$/,
    ],
  };
  for (const [what, [variables, complaint]] of Object.entries(complaints)) {
    it(
      `does not start with ${what}, and says why in one line`,
      async () => {
        expectComplaint(await endOf(start(variables())), complaint);
      },
      PROCESS_TIMEOUT_MS,
    );
  }

  it(
    'does not start on a port that is in use, and names PORT',
    async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const address = other.address();
      const port = address === null || typeof address === 'string' ? '' : String(address.port);

      const ending = await endOf(start({ PORT: port }));

      other.close();
      expectComplaint(ending, new RegExp(`^PORT ${port} is in use on 127\\.0\\.0\\.1: .*\\.$`));
    },
    PROCESS_TIMEOUT_MS,
  );
});

function expectComplaint({ exitCode, stdout, stderr }: Ending, complaint: RegExp): void {
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.startsWith('creative-autogpt: ')).toBeTrue();
  expect(stderr.slice('creative-autogpt: '.length).trimEnd()).toMatch(complaint);
  expect(stderr.trimEnd()).not.toContain('\n');
}
