import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Files of the processes that the benchmark starts. */
export interface BuiltProcesses {
  readonly own: string;
  readonly socketIo: string;
  readonly clients: string;
}

/** Builds them as the server itself is built: bundled, its packages left in node_modules. */
export async function buildProcesses(): Promise<BuiltProcesses> {
  const output = here('../../dist/bench-server/');
  await build({
    entryPoints: {
      own: here('./own-server.ts'),
      'socket-io': here('./socket-io-server.ts'),
      clients: here('./client-process.ts'),
    },
    outdir: output,
    outExtension: { '.js': '.mjs' },
    tsconfig: here('../tsconfig.json'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  return { own: `${output}own.mjs`, socketIo: `${output}socket-io.mjs`, clients: `${output}clients.mjs` };
}
