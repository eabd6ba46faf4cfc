import { ServiceError } from '../../domain/service-error';

/** What libsql calls the errors of SQLite that tell of a damaged file. */
const CODE = /^SQLITE_(CORRUPT|NOTADB)/;

/** A part of the database file is damaged: what needs it cannot be done, and everything else goes on. */
export class DamagedFile extends ServiceError {
  /** Whether it is a database, of which pages are damaged. */
  readonly isInPages: boolean;

  /** @param reason in the words of SQLite */
  private constructor(
    readonly reason: string,
    code: string,
  ) {
    super(
      'unavailable',
      'This part of the stored data is damaged. Whoever runs the server can repair it: npm run check -- --repair',
    );
    this.isInPages = !code.startsWith('SQLITE_NOTADB');
  }

  /** What an error of libsql tells of; undefined for one about something else. */
  static from(error: unknown): DamagedFile | undefined {
    return error instanceof Error &&
      'code' in error &&
      typeof error.code === 'string' &&
      CODE.test(error.code)
      ? new DamagedFile(error.message, error.code)
      : undefined;
  }
}
