import type { FastifyRequest, preParsingAsyncHookHandler } from 'fastify';
import { bearerToken, type TokenVerifier } from './auth/token-verifier';
import { ServiceError } from '../domain/service-error';
import { restError } from './error-replies';
import type { RequestLimit } from './request-limit';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Whether nobody has to sign in for the route: the application has to be there to sign in with, its WebSocket takes the
     * token in its first message, and machines that watch the server know no tokens. @default false
     */
    readonly isOpen?: boolean;
  }
}

/** Who is admitted to the routes that are not open to everybody. */
export interface Admission {
  /** Without it, everybody is the local owner. */
  readonly tokens: TokenVerifier | undefined;
  /** Without it, nothing is counted. */
  readonly limit: RequestLimit | undefined;
}

/**
 * Finds out whose request it is, for `request.owner`, and keeps those out who need a valid token and have none, and those
 * who ask too often: also with tokens that are none.
 *
 * Comes after `onRequest`, where a person who goes to a page of the application has got it already: the page is for
 * everybody, the data at the same address is not.
 */
export function admitRequests({ tokens, limit }: Admission): preParsingAsyncHookHandler {
  return async (request, reply) => {
    const { url, config } = request.routeOptions;
    if (url === undefined || config.isOpen === true) {
      return;
    }
    if (tokens !== undefined) {
      // What is sent to one owner is not for a cache that others read from.
      reply.header('cache-control', 'no-store');
    }
    const refusal = tokens && identify(request, tokens);
    const secondsToWait = await limit?.(request);
    if (secondsToWait !== undefined) {
      await reply
        .code(429)
        .header('retry-after', secondsToWait)
        .send(
          restError('too_many_requests', `There were too many requests: come again in ${secondsToWait} s.`),
        );
    } else if (refusal !== undefined) {
      throw refusal;
    }
  };
}

/** @returns why it is not known whose request it is; undefined where it is */
function identify(request: FastifyRequest, tokens: TokenVerifier): ServiceError | undefined {
  try {
    request.owner = tokens.verify(bearerToken(request.headers.authorization)).owner;
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) {
      return error;
    }
    throw error;
  }
}
