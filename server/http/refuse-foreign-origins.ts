import type { onRequestAsyncHookHandler } from 'fastify';
import { isAllowedOrigin } from './allowed-origin';
import { restError } from './error-replies';

const READING_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses requests by which the pages of other origins would change something.
 *
 * @param hasSignIn whether the server may be reached by any name, so that the `Host` header says which pages are its own
 */
export function refuseForeignOrigins(
  allowedOrigins: readonly string[],
  hasSignIn: boolean,
): onRequestAsyncHookHandler {
  return async (request, reply) => {
    const { origin, host } = request.headers;
    const isAllowed = isAllowedOrigin(origin, allowedOrigins, hasSignIn ? host : undefined);
    if (!READING_METHODS.includes(request.method) && !isAllowed) {
      await reply
        .code(403)
        .send(
          restError(
            'forbidden',
            `Pages of ${String(origin)} may not use this server: name it in ALLOWED_ORIGINS.`,
          ),
        );
    }
  };
}
