import { buildProcesses } from './build-processes';
import type { ClientCalls } from './client-calls';
import { Clients } from './clients';
import type { DialectName } from './dialects';
import { type LinkedProcess, startProcess } from './linked-process';
import type { OwnServerCalls } from './own-server';
import type { ServerCalls } from './server-calls';

const CLIENT_PROCESSES = 2;

/** A server in a process of its own, which listens. */
export interface RunningServer<P = LinkedProcess<ServerCalls>> {
  readonly dialect: DialectName;
  readonly port: number;
  readonly process: P;
}

/** This project's server in a process of its own, which listens. */
export type RunningOwnServer = RunningServer<LinkedProcess<OwnServerCalls>>;

/** Starts the processes of the benchmark, and ends them. */
export class Stage {
  readonly #processes: { end(): Promise<void> }[] = [];

  private constructor(private readonly files: Awaited<ReturnType<typeof buildProcesses>>) {}

  static async build(): Promise<Stage> {
    return new Stage(await buildProcesses());
  }

  /** @param directory where its store lies; default: that of the system for temporary files */
  async startOwn(directory?: string): Promise<RunningOwnServer> {
    const values = directory === undefined ? [] : [directory];
    const process = this.#endLater(startProcess<OwnServerCalls>(this.files.own, values));
    return { dialect: 'own', process, port: await process.call('listen') };
  }

  async startSocketIo(): Promise<RunningServer> {
    const process = this.#endLater(startProcess<ServerCalls>(this.files.socketIo));
    return { dialect: 'socketIo', process, port: await process.call('listen') };
  }

  startClients(): Clients {
    const processes = Array.from({ length: CLIENT_PROCESSES }, () =>
      this.#endLater(startProcess<ClientCalls>(this.files.clients)),
    );
    return new Clients(processes);
  }

  async end(): Promise<void> {
    await Promise.all(this.#processes.map((each) => each.end()));
  }

  #endLater<P extends { end(): Promise<void> }>(process: P): P {
    this.#processes.push(process);
    return process;
  }
}
