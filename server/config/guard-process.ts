import type { Writable } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';

/** What of the process matters here. */
export interface GuardedProcess {
  readonly stdout: Pick<Writable, 'on'>;
  readonly stderr: Pick<Writable, 'on'>;
  readonly report: Pick<NodeJS.ProcessReport, 'reportOnUncaughtException' | 'writeReport'>;
  on(event: 'uncaughtException', listener: (error: Error, origin: string) => void): unknown;
  on(event: 'SIGUSR1', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Keeps the process from ending, or from being opened to others, by what is not its work: output that nobody
 * reads any more, and the signal that opens Node's debugger to every user of the machine. An error that nobody
 * expected ends it, with a line in the log and the note of `CrashNotes`: what is stored is whole at every moment.
 */
export function guardProcess(process: GuardedProcess, log: Pick<FastifyBaseLogger, 'fatal' | 'warn'>): void {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', ignoreLostOutput);
  }
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'the server ends on an error that nobody expected');
    // Node itself leaves the note only where nothing listens for such errors.
    if (process.report.reportOnUncaughtException) {
      process.report.writeReport(error);
    }
    process.exit(1);
  });
  process.on('SIGUSR1', () => {
    log.warn('SIGUSR1 does not open the debugger: start the server with --inspect to debug it');
  });
}

function ignoreLostOutput(): void {
  // A pipe without a reader or a full disk: there is no place left to say it, and the work goes on.
}
