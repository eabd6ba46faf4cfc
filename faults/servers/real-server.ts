import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { CommandResult, Session, type SessionGoal, SessionPage } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { SERVER_BUNDLE } from '../../scripts/paths.mjs';
import type { KillableServer } from './killable-server';

const READY = /^Creative AutoGPT is ready at (http:\/\/\S+?)\/?$/;

/** The built server: this checkout's, or that of the one that PRODUCT names. */
export const BUNDLE = process.env['PRODUCT']
  ? resolve(process.env['PRODUCT'], 'dist', 'server', 'main.js')
  : SERVER_BUNDLE;

/** Six tasks: some forty updates as soon as it is started. */
const SHORT_WORK: SessionGoal = { language: 'en', chapter_count: 1, word_count: 150 };

const Position = v.object({ event: v.literal('connected'), data: v.object({ offset: v.number() }) });

/** What the process of a server has and does besides its variables. */
export interface ProcessOptions {
  /** Files and connections it may have open at a time. @default as many as this process */
  readonly openFiles?: number;
  /** Size of its heap, in MiB. @default Node's */
  readonly heapMb?: number;
  /** Where it keeps its state; it is removed in the end. @default a new directory */
  readonly dataDir?: string;
  /** Is given each line of its log. @default they go to stderr */
  readonly onLogLine?: (line: string) => void;
}

/** The built server in a process of its own, with an author that never waits. */
export class RealServer implements KillableServer {
  #child: ChildProcess | null = null;
  #address = new URL('http://127.0.0.1:0');

  private constructor(
    private readonly dataDir: string,
    private readonly variables: Readonly<Record<string, string>>,
    private readonly options: ProcessOptions,
  ) {}

  /** @param variables of its environment, besides or instead of the usual ones */
  static async open(
    variables: Readonly<Record<string, string>> = {},
    options: ProcessOptions = {},
  ): Promise<RealServer> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'creative-autogpt-faults-')));
    const server = new RealServer(dataDir, variables, options);
    await server.start();
    return server;
  }

  /** Where it is, or was before it was killed, such as `http://127.0.0.1:43210`. */
  get url(): string {
    return this.#address.origin;
  }

  get port(): number {
    return Number(this.#address.port);
  }

  /** Number of its process; undefined when that has ended. */
  get pid(): number | undefined {
    const child = this.#child;
    return child?.exitCode === null && child.signalCode === null ? child.pid : undefined;
  }

  async start(): Promise<void> {
    const { onLogLine } = this.options;
    const [command, ...args] = commandOf(this.options);
    const child = spawn(command, args, {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        DATA_DIR: this.dataDir,
        AUTHOR_CHARS_PER_SECOND: '1000000000',
        LOG_LEVEL: 'error',
        ...this.variables,
      },
      stdio: ['ignore', 'pipe', onLogLine ? 'pipe' : 'inherit'],
    });
    this.#child = child;
    const closed = once(child, 'close');
    const end = (): boolean => child.kill('SIGKILL');
    // Before jasmine's own listener, after which no other is called.
    process.prependOnceListener('exit', end);
    child.once('exit', () => process.off('exit', end));
    if (onLogLine && child.stderr) {
      createInterface(child.stderr).on('line', onLogLine);
    }
    if (!child.stdout) {
      throw new Error('The server has no stdout.');
    }
    for await (const line of createInterface(child.stdout)) {
      const url = READY.exec(line)?.[1];
      if (url !== undefined) {
        this.#address = new URL(url);
        return;
      }
    }
    // Its last lines may still be on their way.
    await closed;
    throw new Error(
      `The server ended before it was ready (${child.signalCode ?? `code ${child.exitCode}`}).`,
    );
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
  }

  /** Ends it and removes what it has stored. */
  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** @returns id of a new session */
  async createSession(): Promise<string> {
    const body = JSON.stringify({ title: 'The lighthouse', goal: SHORT_WORK });
    const headers = { 'content-type': 'application/json' };
    return (await this.#request('/sessions', Session, { method: 'POST', headers, body })).id;
  }

  async startSession(id: string): Promise<void> {
    await this.#request(`/sessions/${id}/start`, CommandResult, { method: 'POST' });
  }

  /** Every session. */
  async sessions(): Promise<readonly Session[]> {
    const sessions: Session[] = [];
    for (let page = 1; ; page += 1) {
      const { items, total } = await this.#request(`/sessions?page=${page}&page_size=100`, SessionPage);
      sessions.push(...items);
      if (sessions.length >= total || items.length === 0) {
        return sessions;
      }
    }
  }

  /** Offset of the last event. */
  async offset(): Promise<number> {
    const socket = new WebSocket(`${this.#address.origin.replace('http', 'ws')}/ws/ws`);
    await once(socket, 'open');
    const answered = once(socket, 'message');
    socket.send(JSON.stringify({ event: 'connect', data: { capabilities: ['resume'] } }));
    const [frame] = v.parse(v.looseTuple([v.instance(Buffer)]), await answered);
    socket.close();
    return v.parse(Position, JSON.parse(frame.toString())).data.offset;
  }

  async #request<T>(path: string, schema: v.GenericSchema<unknown, T>, init?: RequestInit): Promise<T> {
    const response = await fetch(this.#address.origin + path, init);
    if (!response.ok) {
      throw new Error(`${path} was answered with ${response.status}: ${await response.text()}`);
    }
    return v.parse(schema, await response.json());
  }
}

/** The shell gives the process its limits, and then becomes it: the number of the process stays. */
function commandOf({ openFiles, heapMb }: ProcessOptions): [string, ...string[]] {
  const heap = heapMb === undefined ? [] : [`--max-old-space-size=${heapMb}`];
  const command: [string, ...string[]] = [process.execPath, ...heap, BUNDLE];
  return openFiles === undefined
    ? command
    : ['/bin/sh', '-c', `ulimit -n ${openFiles}; exec "$0" "$@"`, ...command];
}
