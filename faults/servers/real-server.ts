import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CommandResult, Session, type SessionGoal, SessionPage } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import { WebSocket } from 'ws';
import { SERVER_BUNDLE } from '../../scripts/paths.mjs';
import type { KillableServer } from './killable-server';

const READY = /^Creative AutoGPT is ready at (http:\/\/\S+?)\/?$/;

/** Six tasks: some forty updates as soon as it is started. */
const SHORT_WORK: SessionGoal = { language: 'en', chapter_count: 1, word_count: 150 };

const Position = v.object({ event: v.literal('connected'), data: v.object({ offset: v.number() }) });

/** The built server in a process of its own, with an author that never waits. */
export class RealServer implements KillableServer {
  #child: ChildProcess | null = null;
  #address = new URL('http://127.0.0.1:0');

  private constructor(
    private readonly dataDir: string,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** @param variables of its environment, besides or instead of the usual ones */
  static async open(variables: Readonly<Record<string, string>> = {}): Promise<RealServer> {
    const server = new RealServer(await mkdtemp(join(tmpdir(), 'creative-autogpt-faults-')), variables);
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

  async start(): Promise<void> {
    const child = spawn(process.execPath, [SERVER_BUNDLE], {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        DATA_DIR: this.dataDir,
        AUTHOR_CHARS_PER_SECOND: '1000000000',
        LOG_LEVEL: 'error',
        ...this.variables,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    for await (const line of createInterface(child.stdout)) {
      const url = READY.exec(line)?.[1];
      if (url !== undefined) {
        this.#address = new URL(url);
        return;
      }
    }
    throw new Error('The server ended before it was ready.');
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child) {
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
