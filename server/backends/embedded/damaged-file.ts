import { ServiceError } from '../../domain/service-error';

/** What libsql calls the errors of SQLite that tell of a damaged file. */
const CODES = /^SQLITE_(CORRUPT|NOTADB)/;

/** A part of the database file is damaged: what needs it cannot be done, and everything else goes on. */
export class DamagedFile extends ServiceError {
  constructor(cause: unknown) {
    super(
      'unavailable',
      'This part of the stored data is damaged. Whoever runs the server can repair it: npm run check -- --repair',
    );
    this.cause = cause;
  }

  static isCauseOf(error: unknown): boolean {
    return (
      error instanceof Error && 'code' in error && typeof error.code === 'string' && CODES.test(error.code)
    );
  }
}
