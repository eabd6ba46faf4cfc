import type { Log } from '../engine/log';

/** One line of a log. */
export interface LogLine {
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly details: object;
}

/** A log that remembers. */
export class RecordedLog implements Log {
  readonly lines: LogLine[] = [];

  warn(details: object, message: string): void {
    this.lines.push({ level: 'warn', message, details });
  }

  error(details: object, message: string): void {
    this.lines.push({ level: 'error', message, details });
  }

  get errors(): string[] {
    return this.lines.filter(({ level }) => level === 'error').map(({ message }) => message);
  }
}
