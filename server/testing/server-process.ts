import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const READY = /^Creative AutoGPT is ready at (http:\S+)$/;

/** The server as its users run it, in a process of its own, with the offline author. */
export class ServerProcess {
  private constructor(
    private readonly process: ChildProcess,
    /** Where it listens, such as `http://127.0.0.1:43210`. */
    readonly url: string,
  ) {}

  /**
   * @param environment further variables of the process
   * @throws Error with what the process printed when it ends before it is ready.
   */
  static async start(
    dataDir: string,
    authorCharsPerSecond: number,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      cwd: REPOSITORY,
      env: {
        PATH: process.env['PATH'],
        TSX_TSCONFIG_PATH: 'tsconfig.json',
        PORT: '0',
        DATA_DIR: dataDir,
        AUTHOR_CHARS_PER_SECOND: String(authorCharsPerSecond),
        LOG_LEVEL: 'error',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    for await (const line of createInterface(child.stdout)) {
      const url = READY.exec(line)?.[1];
      if (url !== undefined) {
        return new ServerProcess(child, url);
      }
    }
    throw new Error(`The server ended before it was ready: ${complaints}`);
  }

  get socketUrl(): string {
    return `${this.url.replace('http', 'ws')}/ws/ws`;
  }

  /** The answer of `GET path`, which must be 200 and fit. */
  async get<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<T> {
    return this.#request(path, schema);
  }

  /** The answer of `POST path`, which must be 2xx and fit. */
  async post<T>(path: string, body: object, schema: v.GenericSchema<unknown, T>): Promise<T> {
    return this.#request(path, schema, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** Ends the process at once: it has no chance to save anything. */
  async kill(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const exited = once(this.process, 'exit');
      this.process.kill('SIGKILL');
      await exited;
    }
  }

  /** Asks the process to end. The code that it ends with. */
  async terminate(): Promise<unknown> {
    const exited = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    const exit: readonly unknown[] = await exited;
    return exit[0];
  }

  async #request<T>(path: string, schema: v.GenericSchema<unknown, T>, init?: RequestInit): Promise<T> {
    const response = await fetch(this.url + path, init);
    if (!response.ok) {
      throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    }
    return v.parse(schema, await response.json());
  }
}
