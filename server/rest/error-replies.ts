import type { ErrorCode, RestError } from '@creative-autogpt/protocol';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ServiceError } from '../service-error';

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

/** Answers a request that failed with `{detail}`, and logs what nobody foresaw. */
export function replyWithError(
  error: FastifyError | ServiceError,
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
      detail(
        status < FAILED || isForeseen ? error.message : 'The server failed to do this. Its log says why.',
      ),
    );
}

/** Answers a request for something that is not there. */
export function replyNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.code(404).send(detail(`There is no ${request.method} ${request.url} here.`));
}

/** Body of every answer with a 4xx or 5xx status. */
export function detail(message: string): RestError {
  return { detail: message };
}
