import type { ErrorCode, RestError, RestErrorCode } from '@creative-autogpt/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServiceError } from '../domain/service-error';

const STATUS: Record<ErrorCode, number> = {
  invalid_json: 400,
  invalid_message: 422,
  unknown_event: 422,
  unknown_session: 404,
  unknown_task: 404,
  invalid_state: 409,
  limit_reached: 409,
  unauthenticated: 401,
  unavailable: 503,
  internal: 500,
};

const UNAUTHENTICATED = 401;
const FAILED = 500;

/** Codes of the errors that Fastify itself finds. */
const CODES: Readonly<Record<number, RestErrorCode>> = {
  404: 'not_found',
  413: 'too_large',
  414: 'too_large',
  415: 'unsupported_type',
  426: 'upgrade_required',
};

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
  const status = error instanceof ServiceError ? STATUS[error.code] : (error.statusCode ?? FAILED);
  if (status >= FAILED) {
    request.log.error({ err: error }, 'a request failed');
  }
  if (status === UNAUTHENTICATED) {
    reply.header('www-authenticate', 'Bearer');
  }
  const isForeseen = error instanceof ServiceError && error.code !== 'internal';
  return reply
    .code(status)
    .send(
      status < FAILED || isForeseen
        ? restError(error instanceof ServiceError ? error.code : codeOf(error, status), error.message)
        : restError('internal', 'The server failed to do this. Its log says why.'),
    );
}

/** Answers a request for something that is not there. */
export function replyNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send(restError('not_found', `There is no ${request.method} ${request.url} here.`));
}

/** Body of every answer with a 4xx or 5xx status. */
export function restError(code: RestErrorCode, detail: string): RestError {
  return { detail, code };
}

function codeOf({ code }: RequestError, status: number): RestErrorCode {
  if (code?.endsWith('_JSON_BODY') === true) {
    return 'invalid_json';
  }
  return CODES[status] ?? (status < FAILED ? 'invalid_message' : 'internal');
}
