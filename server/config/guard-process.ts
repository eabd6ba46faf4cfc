import type { Writable } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import type { CrashNotes } from './crash-notes';

/** What of the process matters here. */
export interface GuardedProcess {
  readonly stdout: Pick<Writable, 'on'>;
  readonly stderr: Pick<Writable, 'on'>;
  on(event: 'uncaughtException', listener: (error: Error, origin: string) => void): unknown;
  on(event: 'SIGUSR1', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * Keeps the process from ending, or from being opened to others, by what is not its work: output that nobody
 * reads any more, and the signal that opens Node's debugger to every user of the machine. An error that nobody
 * expected ends it, with a line in the log and a note for the next start: what is stored is whole at every
 * moment.
 */
export function guardProcess(
  process: GuardedProcess,
  log: Pick<FastifyBaseLogger, 'fatal' | 'warn'>,
  notes: Pick<CrashNotes, 'leave'>,
): void {
  for (const output of [process.stdout, process.stderr]) {
    output.on('error', ignoreLostOutput);
  }
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'the server ends on an error that nobody expected');
    // Node itself leaves none where something listens for the error.
    notes.leave();
    process.exit(1);
  });
  process.on('SIGUSR1', () => {
    log.warn('SIGUSR1 does not open the debugger: start the server with --inspect to debug it');
  });
}

function ignoreLostOutput(): void {
  // A pipe without a reader or a full disk: there is no place left to say it, and the work goes on.
}
