import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TokenVerifier } from './token-verifier';
import { bearerToken } from './bearer-token';
import { isForOpenRoute } from './open-routes';

/**
 * Finds out whose request it is, for `request.owner`.
 *
 * Comes after `onRequest`, where a person who goes to a page of the application has got it already: the page is for
 * everybody, the data at the same address is not.
 *
 * @throws ServiceError `unauthenticated` for a request that needs a valid token and has none
 */
export function requireOwner(verifier: TokenVerifier) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (isForOpenRoute(request)) {
      return;
    }
    // What is sent to one owner is not for a cache that others read from.
    reply.header('cache-control', 'no-store');
    request.owner = verifier.verify(bearerToken(request.headers.authorization)).owner;
  };
}
