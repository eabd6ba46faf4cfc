import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { RestError, RestErrorCode } from '@creative-autogpt/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServiceError } from '../domain/service-error';

/** The HTTP status of each error. */
export const STATUS: Readonly<Record<RestErrorCode, number>> = {
  invalid_json: 400,
  invalid_message: 422,
  unknown_event: 422,
  unknown_session: 404,
  unknown_task: 404,
  not_found: 404,
  invalid_state: 409,
  limit_reached: 409,
  unauthenticated: 401,
  forbidden: 403,
  too_large: 413,
  unsupported_type: 415,
  upgrade_required: 426,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
};

/** The errors that Fastify itself finds, by their statuses. */
const FOUND_BY_FASTIFY: ReadonlyMap<number, RestErrorCode> = new Map([
  ...(['not_found', 'too_large', 'unsupported_type', 'upgrade_required'] as const).map(
    (code) => [STATUS[code], code] as const,
  ),
  // An address that is too long.
  [414, 'too_large'],
]);

/** The answers to what Node cannot read as a request, by its code of the error. */
const UNREADABLE: ReadonlyMap<string | undefined, readonly [number, RestErrorCode, string]> = new Map([
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    [408, 'invalid_message', 'The request did not come whole in time: send it faster.'],
  ],
  ['HPE_HEADER_OVERFLOW', [431, 'too_large', 'The address and the headers are too long: send less of them.']],
]);

/** An error of Fastify or of its plugins, which give not every error a code. */
interface RequestError extends Error {
  readonly statusCode?: number;
  readonly code?: string;
}

/** Answers a request that failed with `{detail, code}`, and logs what nobody foresaw. */
export function replyWithError(
  error: RequestError | ServiceError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const status = error instanceof ServiceError ? STATUS[error.code] : (error.statusCode ?? STATUS.internal);
  const isForeseen = error instanceof ServiceError && error.code !== 'internal';
  if (isAborted(request.raw)) {
    request.log.debug({ err: error }, 'a client left before its request was whole');
  } else if (isForeseen) {
    // Whatever keeps the server from its work, such as a full disk, is told once, where it is found.
    request.log.debug({ err: error }, 'a request was refused');
  } else if (status >= STATUS.internal) {
    request.log.error({ err: error }, 'a request failed');
  }
  if (status === STATUS.unauthenticated) {
    reply.header('www-authenticate', 'Bearer');
  }
  return reply
    .code(status)
    .send(
      status < STATUS.internal || isForeseen
        ? restError(error instanceof ServiceError ? error.code : codeOf(error, status), error.message)
        : restError('internal', 'The server failed to do this. Its log says why.'),
    );
}

/** Answers a request for something that is not there. */
export function replyNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return refuse(reply, 'not_found', `There is no ${request.method} ${request.url} here.`);
}

/** Answers a request that is not followed. */
export function refuse(reply: FastifyReply, code: RestErrorCode, detail: string): FastifyReply {
  return reply.code(STATUS[code]).send(restError(code, detail));
}

/** Answers what is no whole request, and ends its connection: a `clientErrorHandler`. */
export function replyToUnreadable(this: FastifyInstance, error: RequestError, connection: Socket): void {
  this.log.debug({ err: error }, 'a request could not be read');
  if (connection.writable) {
    const [status, code, detail] = UNREADABLE.get(error.code) ?? [
      400,
      'invalid_message',
      'This is no request of HTTP.',
    ];
    const body = JSON.stringify(restError(code, detail));
    connection.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n` +
        'Content-Type: application/json; charset=utf-8\r\n' +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
  connection.destroy();
}

/** Body of every answer with a 4xx or 5xx status. */
function restError(code: RestErrorCode, detail: string): RestError {
  return { detail, code };
}

/** Whether its client was gone before all of a request had come. */
function isAborted(request: IncomingMessage): boolean {
  return request.destroyed && !request.complete;
}

function codeOf({ code }: RequestError, status: number): RestErrorCode {
  if (code?.endsWith('_JSON_BODY') === true) {
    return 'invalid_json';
  }
  return FOUND_BY_FASTIFY.get(status) ?? (status < STATUS.internal ? 'invalid_message' : 'internal');
}
