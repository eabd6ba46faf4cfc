import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { isLoopbackHost } from '../http/allowed-host';
import { type Endpoint, languageModelFrom } from './language-model';
import { type SignIn, signInFrom } from './sign-in';
import { badValue, httpUrlFrom, StartupError } from './startup-error';
import { DEFAULT_QUOTA, type Quota } from '../ports/store';
import { DEFAULT_RETENTION, type JournalRetention } from '../realtime/journal';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** What the environment of the process says about how to run. */
export interface Environment {
  /** 0 lets the system choose a free port. */
  readonly port: number;
  /** A loopback address, unless there is sign-in. */
  readonly host: string;
  /** Whose tokens are taken; `undefined` for no sign-in. */
  readonly signIn: SignIn | undefined;
  /** Absolute path. */
  readonly dataDir: string;
  /** Origins that may use the server besides those of this machine. */
  readonly allowedOrigins: readonly string[];
  /** `undefined` for the offline author. */
  readonly languageModel: Endpoint | undefined;
  /** Pace of the offline author. */
  readonly authorCharsPerSecond: number;
  readonly logLevel: LogLevel;
  /** How far back clients can resume. */
  readonly journalRetention: JournalRetention;
  /**
   * Where the processes that serve the same sessions meet; `undefined` for one process with all its state in
   * `dataDir`.
   */
  readonly redisUrl: string | undefined;
  /** REST requests that one owner, or without sign-in one address, may make. */
  readonly maxRequestsPerMinute: number;
  /** Sockets that one owner, or without sign-in one address, may have at a time. */
  readonly maxConnectionsPerClient: number;
  /** What one owner may have. */
  readonly quota: Quota;
  /** Addresses and networks of the proxies whose `X-Forwarded-For` says who a client is. */
  readonly trustedProxies: readonly string[];
}

const FASTEST_AUTHOR = 1e9;
const LONGEST_JOURNAL = 10_000_000;
const OLDEST_JOURNAL_HOURS = 8760;
/** Least bytes of a journal: the events of one change fit, however long its text is. */
const SMALLEST_JOURNAL_BYTES = 16 * 1024 ** 2;
const SMALLEST_QUOTA_BYTES = 1024 ** 2;
const MOST_BYTES = 1024 ** 4;
const MOST_OF_A_LIMIT = 1_000_000;

/**
 * Reads and checks the settings of the server. An empty variable counts as not set.
 *
 * @throws StartupError that names the first variable with a bad value, the value, and what is accepted.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const read = (name: string): string | undefined => {
    const value = variables[name]?.trim();
    return value === '' ? undefined : value;
  };
  const limit = (name: string, fallback: number): number => limitFrom(name, read(name) ?? String(fallback));
  const bytes = (name: string, least: number, fallback: number): number =>
    bytesFrom(name, read(name) ?? String(fallback), least);
  const signIn = signInFrom(read);
  return {
    port: portFrom(read('PORT') ?? '8000'),
    host: hostFrom(read('HOST') ?? '127.0.0.1', signIn !== undefined),
    signIn,
    dataDir: resolve(read('DATA_DIR') ?? './data'),
    allowedOrigins: originsFrom(read('ALLOWED_ORIGINS') ?? ''),
    languageModel: languageModelFrom(read),
    authorCharsPerSecond: paceFrom(read('AUTHOR_CHARS_PER_SECOND') ?? '60'),
    logLevel: logLevelFrom(read('LOG_LEVEL') ?? 'info'),
    journalRetention: {
      maxEvents: journalLengthFrom(read('JOURNAL_MAX_EVENTS') ?? String(DEFAULT_RETENTION.maxEvents)),
      maxBytes: bytes('JOURNAL_MAX_BYTES', SMALLEST_JOURNAL_BYTES, DEFAULT_RETENTION.maxBytes),
      maxAgeHours: journalAgeFrom(read('JOURNAL_MAX_AGE_HOURS') ?? String(DEFAULT_RETENTION.maxAgeHours)),
    },
    redisUrl: redisUrlFrom(read('REDIS_URL')),
    maxRequestsPerMinute: limit('MAX_REQUESTS_PER_MINUTE', 1200),
    maxConnectionsPerClient: limit('MAX_CONNECTIONS_PER_CLIENT', 100),
    quota: {
      maxSessions: limit('MAX_SESSIONS_PER_OWNER', DEFAULT_QUOTA.maxSessions),
      maxBytes: bytes('MAX_BYTES_PER_OWNER', SMALLEST_QUOTA_BYTES, DEFAULT_QUOTA.maxBytes),
    },
    trustedProxies: proxiesFrom(read('TRUSTED_PROXIES') ?? ''),
  };
}

function portFrom(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw badValue('PORT', value, 'a whole number from 0 to 65535, where 0 is any free port');
  }
  return port;
}

function hostFrom(value: string, hasSignIn: boolean): string {
  if (!hasSignIn && !isLoopbackHost(value)) {
    throw badValue(
      'HOST',
      value,
      'a loopback address (127.0.0.1, ::1 or localhost) where there is no sign-in: set AUTH_SECRET or AUTH_JWKS_URL to serve others',
    );
  }
  return value;
}

/** Never shows the value, which may have a password in it. */
function redisUrlFrom(value: string | undefined): string | undefined {
  const isRedis = (url: URL): boolean => ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '';
  if (value !== undefined && !(URL.canParse(value) && isRedis(new URL(value)))) {
    throw new StartupError(
      'REDIS_URL is no redis or rediss URL; it must be one such as redis://127.0.0.1:6379.',
    );
  }
  return value;
}

function limitFrom(name: string, value: string): number {
  const limit = Number(value);
  if (!/^\d+$/.test(value) || limit < 1 || limit > MOST_OF_A_LIMIT) {
    throw badValue(name, value, `a whole number from 1 to ${MOST_OF_A_LIMIT}`);
  }
  return limit;
}

function bytesFrom(name: string, value: string, least: number): number {
  const bytes = Number(value);
  if (!/^\d+$/.test(value) || bytes < least || bytes > MOST_BYTES) {
    throw badValue(name, value, `a whole number of bytes from ${least} to ${MOST_BYTES}`);
  }
  return bytes;
}

function originsFrom(value: string): readonly string[] {
  return listFrom(value).map((value) => {
    const origin = httpUrlFrom(value)?.origin;
    // A path is refused, not dropped: whoever wrote it expects it to matter.
    if (origin === undefined || new URL(value).href !== `${origin}/`) {
      throw badValue('ALLOWED_ORIGINS', value, 'origins such as https://example.org, separated by commas');
    }
    return origin;
  });
}

function proxiesFrom(value: string): readonly string[] {
  return listFrom(value).map((proxy) => {
    const [address = '', bits = '1', ...more] = proxy.split('/');
    const mostBits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
    if (!/^[1-9]\d*$/.test(bits) || Number(bits) > mostBits || more.length > 0) {
      throw badValue(
        'TRUSTED_PROXIES',
        proxy,
        'addresses such as 10.0.0.7 or networks such as 10.0.0.0/8, separated by commas',
      );
    }
    return proxy;
  });
}

function listFrom(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function paceFrom(value: string): number {
  const pace = Number(value);
  if (!(pace > 0 && pace <= FASTEST_AUTHOR)) {
    throw badValue('AUTHOR_CHARS_PER_SECOND', value, `a number above 0, up to ${FASTEST_AUTHOR}`);
  }
  return pace;
}

function logLevelFrom(value: string): LogLevel {
  const level = LOG_LEVELS.find((known) => known === value);
  if (level === undefined) {
    throw badValue('LOG_LEVEL', value, `one of ${LOG_LEVELS.join(', ')}`);
  }
  return level;
}

function journalLengthFrom(value: string): number {
  const events = Number(value);
  if (!/^\d+$/.test(value) || events < 1 || events > LONGEST_JOURNAL) {
    throw badValue('JOURNAL_MAX_EVENTS', value, `a whole number from 1 to ${LONGEST_JOURNAL}`);
  }
  return events;
}

function journalAgeFrom(value: string): number {
  const hours = Number(value);
  if (!(hours > 0 && hours <= OLDEST_JOURNAL_HOURS)) {
    throw badValue('JOURNAL_MAX_AGE_HOURS', value, `a number above 0, up to ${OLDEST_JOURNAL_HOURS}`);
  }
  return hours;
}
