import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { config } from 'rxjs';
import { buildApp } from './app';
import { ProviderKeys } from './http/auth/provider-keys';
import { createTokenVerifier } from './http/auth/token-verifier';
import { createAuthor } from './authors/create-author';
import { openBackend } from './backends/open-backend';
import { CrashNotes } from './config/crash-notes';
import { type Environment, readEnvironment } from './config/environment';
import { exitOnSignals } from './config/exit-on-signals';
import { guardProcess } from './config/guard-process';
import { logOptions } from './config/log-options';
import { mostConnections } from './config/open-files';
import { StartupError } from './config/startup-error';

/** Where the application is built to, seen from the bundled server `dist/server/main.js`. */
const BUILT_APPLICATION = fileURLToPath(new URL('../app', import.meta.url));

/** The program beside this one that checks a database: as it is, or built. */
const CHECK_PROGRAM = fileURLToPath(
  import.meta.resolve(import.meta.url.endsWith('.ts') ? './check.ts' : './check.js'),
);

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const { dataDir, signIn } = environment;
  const processId = randomUUID();
  const crashNotes = new CrashNotes(dataDir);
  const logging = logOptions(environment.logLevel, process.stderr);
  const log = pino(logging, logging.stream);
  guardProcess(process, log, crashNotes);
  const backend = await openBackend(environment, log, CHECK_PROGRAM);
  try {
    crashNotes.begin(processId);
  } catch (error) {
    // With Redis nothing else needs the directory.
    log.warn({ err: error }, 'DATA_DIR cannot be used: a crash of this process will not be noted there');
  }
  const provider = signIn?.provider;
  const providerKeys = provider && new ProviderKeys(provider.jwksUrl, log);
  const app = await buildApp({
    backend,
    processId,
    crashNotes,
    maxConnectionsPerClient: environment.maxConnectionsPerClient,
    author: createAuthor(environment),
    allowedOrigins: environment.allowedOrigins,
    tokens:
      signIn &&
      createTokenVerifier({
        secrets: signIn.secrets,
        provider: provider && providerKeys && { ...provider, keys: providerKeys },
      }),
    providerKeys,
    maxRequestsPerMinute: environment.maxRequestsPerMinute,
    trustedProxies: environment.trustedProxies,
    maxConnections: mostConnections(),
    staticRoot: existsSync(`${BUILT_APPLICATION}/index.html`) ? BUILT_APPLICATION : undefined,
    logger: logging,
  });
  // A listener that throws is a bug to find in the log, not a reason to end everybody's work.
  config.onUnhandledError = (error) => {
    app.log.error({ err: error }, 'a listener failed');
  };
  exitOnSignals(app, backend);
  const url = await listen(app, environment);
  process.stdout.write(`Creative AutoGPT is ready at ${url}\n`);
}

/** @throws StartupError when the port cannot be had */
async function listen(app: FastifyInstance, { host, port }: Environment): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : undefined;
    if (reason === 'EADDRINUSE') {
      throw new StartupError(
        `PORT ${port} is in use on ${host}: stop what uses it, or set PORT to another port.`,
      );
    }
    if (reason === 'EACCES') {
      throw new StartupError(`PORT ${port} may not be used by this user: set PORT to a port from 1024 on.`);
    }
    if (reason === 'EADDRNOTAVAIL' || reason === 'ENOTFOUND') {
      throw new StartupError(`HOST ${host} is no address of this machine: set HOST to 127.0.0.1.`);
    }
    throw error;
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StartupError)) {
    throw error;
  }
  process.stderr.write(`creative-autogpt: ${error.message}\n`);
  process.exit(1);
}
