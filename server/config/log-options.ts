import type { Writable } from 'node:stream';
import type { DestinationStream, LoggerOptions } from 'pino';
import type { Environment } from './environment';
import { loggedRequest } from '../http/logged-request';
import { loggedError } from './logged-error';

/** What is nobody's business, wherever it is called by its name. */
const SECRETS = [
  'authorization',
  'token',
  'secret',
  'apiKey',
  'secrets',
  'redisUrl',
  'AUTH_SECRET',
  'LLM_API_KEY',
  'REDIS_URL',
];

/** How deep below the line itself they are looked for, such as in `req.headers`. */
const LEVELS = ['', '*.', '*.*.'];

/** Most (bytes) that waits for a reader who has fallen behind; lines that come after it are dropped. */
const WAITING_BYTES = 1_048_576;

/** Options of a pino log, with where it goes, as Fastify takes them. */
export interface LogOptions extends LoggerOptions {
  readonly stream: DestinationStream;
}

/**
 * The log of the server. Nothing logs secrets on purpose; one that gets into an object that is logged is
 * crossed out.
 *
 * @param stream not stdout, which has only the line that says where the server is
 */
export function logOptions(level: Environment['logLevel'], stream: Writable): LogOptions {
  const paths = LEVELS.flatMap((prefix) => SECRETS.map((name) => prefix + name));
  return {
    level,
    stream: {
      write: (line) => {
        if (stream.writableLength < WAITING_BYTES) {
          stream.write(line);
        }
      },
    },
    redact: { paths, censor: '[secret]' },
    serializers: { err: loggedError, req: loggedRequest },
  };
}
