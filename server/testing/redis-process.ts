import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { makeScratchDirectory, removeScratchDirectory } from './scratch-directory';
import { freePort } from './free-port';

const READY = 'Ready to accept connections';

/** When a Redis writes what it has confirmed to disk. */
export type RedisPersistence = 'always' | 'everysec';

/** A Redis of the tests' own. */
export class RedisProcess {
  readonly #directory = makeScratchDirectory();
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly persistence: RedisPersistence,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param persistence by default it confirms nothing before it is on disk
   * @param settings besides or instead of the usual ones
   * @throws Error with what it printed when it ends before it is ready.
   */
  static async start(
    persistence: RedisPersistence = 'always',
    settings: Readonly<Record<string, string>> = {},
  ): Promise<RedisProcess> {
    const redis = new RedisProcess(await freePort(), persistence, settings);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
  }

  async remove(): Promise<void> {
    await this.kill();
    removeScratchDirectory(this.#directory);
  }

  /** Starts it again, after it was killed, with what it has on disk. */
  async start(): Promise<void> {
    const options = {
      port: String(this.port),
      bind: '127.0.0.1',
      dir: this.#directory,
      appendonly: 'yes',
      appendfsync: this.persistence,
      save: '',
      // Has it answer DEBUG, which plays what goes wrong in earnest.
      'enable-debug-command': 'local',
      ...this.settings,
    };
    const child = spawn(
      process.env['REDIS_SERVER_BIN'] ?? 'redis-server',
      Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    this.#process = child;
    const printed: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      printed.push(line);
      if (line.includes(READY)) {
        child.stdout.resume();
        return;
      }
    }
    throw new Error(`Redis ended before it was ready: ${printed.join('\n')}`);
  }
}
