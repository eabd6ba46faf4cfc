import { ServiceError } from '../../domain/service-error';

export const DISK_FULL = 'The disk is full: make room on it.';

/** What is wrong, and what to do about it, by the codes of the operating system and of SQLite. */
const FAILURES: readonly (readonly [codes: RegExp, sentence: string])[] = [
  [/^(ENOSPC|SQLITE_FULL)$/, DISK_FULL],
  [/^EDQUOT$/, "The disk quota of the server's user is used up: delete files, or raise the quota."],
  [/^EFBIG$/, 'A file may not grow any more: raise the limit of file sizes (ulimit -f).'],
  [/^(EROFS$|SQLITE_READONLY)/, 'The file system or the database can only be read: make it writable.'],
  [/^(EACCES|EPERM|SQLITE_PERM)$/, "The server's user may not read and write there: give it the right to."],
  [/^(EMFILE|ENFILE)$/, 'Too many files are open: raise the limit of open files (ulimit -n).'],
  [/^(ENOTDIR|EEXIST)$/, 'A file is in the place of a directory: move it away.'],
  [
    /^(EIO$|SQLITE_IOERR)/,
    'The disk does not take what is written (an I/O error, or a quota or limit of file sizes): see the log of the system.',
  ],
  [/^SQLITE_BUSY/, 'Another program keeps the database locked: end it.'],
];

/**
 * Why the disk does not do what it is asked, without paths. Undefined for an error that is not one of the
 * disk, such as a damaged database.
 */
export function diskFailureOf(error: unknown): string | undefined {
  const code = codeOf(error);
  return code === undefined ? undefined : FAILURES.find(([codes]) => codes.test(code))?.[1];
}

/** The code of the operating system or of SQLite; undefined for other errors. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The refusal of a change that the disk does not take. */
export function unavailable(sentence: string, cause?: unknown): ServiceError {
  const refusal = new ServiceError('unavailable', `${sentence} Until then nothing can be changed.`);
  refusal.cause = cause;
  return refusal;
}
