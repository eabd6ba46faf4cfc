import { fork } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { LinkedProcess } from '../../bench/server/linked-process';
import { type ProcessOptions, RealServer } from '../../faults/servers/real-server';
import { tokenFor } from './token';
import type { WitnessCalls, WitnessReport } from './witness-calls';

/** Connections and files that an attacked server may have open: few, so that each one that stays counts. */
const OPEN_FILES = 256;
/** What answers nothing within this time (ms) does not work. */
export const HEALTHY_WITHIN_MS = 1000;
/** An error, by the number of its level in pino. */
const ErrorLine = v.object({ level: v.pipe(v.number(), v.minValue(50)) });

const WITNESS = fileURLToPath(new URL('./witness-process.ts', import.meta.url));

/** How a server is attacked. */
export interface AttackedServerOptions extends Omit<ProcessOptions, 'onLogLine'> {
  /** Variables of its environment besides the usual ones. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The built server with few descriptors, and a well-behaved client of it, each in a process of its own. */
export class AttackedServer {
  private constructor(
    private readonly server: RealServer,
    private readonly witness: LinkedProcess<WitnessCalls>,
    private readonly errors: string[],
  ) {}

  static async start({ variables, ...options }: AttackedServerOptions = {}): Promise<AttackedServer> {
    const errors: string[] = [];
    const server = await RealServer.open(variables, {
      openFiles: OPEN_FILES,
      ...options,
      onLogLine: (line) => {
        if (isError(line)) {
          errors.push(line);
        }
      },
    });
    const witness = new LinkedProcess<WitnessCalls>(fork(WITNESS, [], { execArgv: ['--import', 'tsx'] }));
    const token = variables?.['AUTH_SECRET'] === undefined ? undefined : tokenFor('witness');
    await witness.call('begin', { url: server.url, token });
    return new AttackedServer(server, witness, errors);
  }

  get port(): number {
    return this.server.port;
  }

  get url(): string {
    return this.server.url;
  }

  get isRunning(): boolean {
    return this.server.pid !== undefined;
  }

  /** Files and connections that its process has open; 0 where the system does not tell, or it has ended. */
  get descriptors(): number {
    const folder = `/proc/${this.server.pid ?? 'none'}/fd`;
    return existsSync(folder) ? readdirSync(folder).length : 0;
  }

  /** Memory (RSS) of its process in MB; 0 where the system does not tell, or it has ended. */
  get memory(): number {
    return this.server.memory;
  }

  /** The errors logged since this was last called. */
  takeErrors(): readonly string[] {
    return this.errors.splice(0);
  }

  /** What the well-behaved client has seen since this was last called. */
  witnessed(): Promise<WitnessReport> {
    return this.witness.call('report');
  }

  /** What `GET /health` says, or why it says nothing, on a connection of its own. */
  async health(): Promise<string> {
    try {
      const answer = await fetch(`${this.url}/health`, {
        headers: { connection: 'close' },
        signal: AbortSignal.timeout(HEALTHY_WITHIN_MS),
      });
      await answer.body?.cancel();
      return String(answer.status);
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  }

  /** Ends both processes, and removes what the server has stored. */
  async dispose(): Promise<void> {
    await this.witness.end();
    await this.server.dispose();
  }
}

/** A line that is no JSON did not come from the log: it is what a process says that ends. */
function isError(line: string): boolean {
  try {
    return v.is(ErrorLine, JSON.parse(line));
  } catch {
    return true;
  }
}
