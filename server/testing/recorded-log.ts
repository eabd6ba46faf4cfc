import { filter, firstValueFrom, Subject } from 'rxjs';
import type { Log } from '../ports/log';

/** One line of a log. */
export interface LogLine {
  readonly level: 'warn' | 'error';
  readonly message: string;
  readonly details: object;
}

/** A log that remembers. */
export class RecordedLog implements Log {
  readonly lines: LogLine[] = [];
  /** What is said although nothing is wrong. */
  readonly notes: Omit<LogLine, 'level'>[] = [];
  readonly #added = new Subject<LogLine>();

  info(details: object, message: string): void {
    this.notes.push({ message, details });
  }

  warn(details: object, message: string): void {
    this.#add({ level: 'warn', message, details });
  }

  error(details: object, message: string): void {
    this.#add({ level: 'error', message, details });
  }

  /** The next line with this message, once it is there. */
  next(message: string): Promise<LogLine | undefined> {
    const added = this.#added.pipe(filter((line) => line.message === message));
    return firstValueFrom(added, { defaultValue: undefined });
  }

  get errors(): string[] {
    return this.lines.filter(({ level }) => level === 'error').map(({ message }) => message);
  }

  #add(line: LogLine): void {
    this.lines.push(line);
    this.#added.next(line);
  }
}
