import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SERVER_BUNDLE } from '../../scripts/paths.mjs';

const READY = /^Creative AutoGPT is ready at (http:\/\/\S+?)\/?$/;

/** Settings of the person who runs the tests must not change them; an empty variable counts as not set. */
const NEUTRAL_ENVIRONMENT = {
  HOST: '',
  ALLOWED_ORIGINS: '',
  AUTH_SECRET: '',
  AUTH_JWKS_URL: '',
  AUTH_ISSUER: '',
  AUTH_AUDIENCE: '',
  LLM_BASE_URL: '',
  LLM_API_KEY: '',
  LLM_MODEL: '',
  LOG_LEVEL: '',
  REDIS_URL: '',
  MAX_REQUESTS_PER_MINUTE: '',
  MAX_CONNECTIONS_PER_CLIENT: '',
  MAX_SESSIONS_PER_OWNER: '',
  TRUSTED_PROXIES: '',
};

/**
 * The built server as a process of its own, with a data directory of its own: what people run, and no less.
 */
export class ServerProcess {
  #child: ChildProcess | null = null;
  #address: URL | null = null;
  readonly #output: string[] = [];

  private constructor(
    private readonly dataDir: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /**
   * Starts a server on a free port. `environment` is what the README calls the environment, such as the
   * author's pace.
   */
  static async launch(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const server = new ServerProcess(await mkdtemp(join(tmpdir(), 'creative-autogpt-e2e-')), environment);
    await server.start();
    return server;
  }

  /** Origin of the application, such as `http://127.0.0.1:41234`. It stays the same for every start. */
  get url(): string {
    if (this.#address === null) throw new Error('The server has not been started.');
    return this.#address.origin;
  }

  /** Everything the server wrote, over all starts. */
  get log(): string {
    return this.#output.join('\n');
  }

  /** Resolves once the server says that it is ready. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--enable-source-maps', SERVER_BUNDLE], {
      env: {
        ...process.env,
        ...NEUTRAL_ENVIRONMENT,
        ...this.environment,
        PORT: this.#address?.port ?? '0',
        DATA_DIR: this.dataDir,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    createInterface({ input: child.stderr }).on('line', (line) => this.#output.push(line));
    this.#address = await new Promise<URL>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.#output.push(line);
        const origin = READY.exec(line)?.[1];
        if (origin !== undefined) resolve(new URL(origin));
      });
      child.once('exit', (code) => {
        reject(new Error(`The server ended with ${String(code)} before it was ready:\n${this.log}`));
      });
    });
  }

  /**
   * Ends the process at once, as a crash or a power cut does: it gets no chance to say goodbye or to save
   * anything.
   */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /**
   * Keeps the server from doing anything, as an overloaded machine does; connections to it wait until
   * {@link thaw}.
   */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** Lets a frozen server go on. */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Asks the server to end, and removes its data. */
  async dispose(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
