import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const NOTE = /^creative-autogpt\.crash-([\w-]+)\.json$/;

/** Variables with secrets in them, which nothing but the start needs. */
const SECRETS = ['AUTH_SECRET', 'LLM_API_KEY', 'LLM_BASE_URL', 'REDIS_URL'];

/**
 * Notes of processes that failed by themselves: out of memory, or by an error that nothing caught. Each is a
 * report of Node, written while its process fails. A process that is ended by a signal, whichever, leaves none: a person
 * who kills it and a system that does cannot be told apart.
 */
export class CrashNotes {
  #hasBegun = false;

  /** @param directory where the notes are */
  constructor(private readonly directory: string) {}

  /**
   * Has Node leave a note if this process runs out of memory. Such a note has all variables of the environment
   * in it: those with the server's secrets are taken out of it first. The names of the addresses that are
   * connected are not in it: Node would ask a name server for one after the other, for many seconds.
   *
   * @throws Error of the operating system when the directory can be neither used nor made.
   */
  begin(processId: string): void {
    for (const name of SECRETS) {
      Reflect.deleteProperty(process.env, name);
    }
    mkdirSync(this.directory, { recursive: true });
    Object.assign(process.report, {
      directory: this.directory,
      filename: `creative-autogpt.crash-${processId}.json`,
      compact: true,
      excludeNetwork: true,
      reportOnFatalError: true,
    });
    this.#hasBegun = true;
  }

  /**
   * Leaves the note of this process at once, as it ends on an error. The error itself is in the log: a report
   * would also have what was sent when it happened.
   */
  leave(): void {
    if (this.#hasBegun) {
      process.report.writeReport();
    }
  }

  /** The processes that left a note. */
  get processIds(): readonly string[] {
    const names = existsSync(this.directory) ? readdirSync(this.directory) : [];
    return names.flatMap((name) => NOTE.exec(name)?.[1] ?? []);
  }

  forget(processId: string): void {
    rmSync(join(this.directory, `creative-autogpt.crash-${processId}.json`), { force: true });
  }
}
