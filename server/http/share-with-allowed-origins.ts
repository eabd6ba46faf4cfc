import { POSITION_HEADERS } from '@creative-autogpt/protocol';
import type { onRequestAsyncHookHandler } from 'fastify';
import { isAllowedOrigin } from './allowed-origin';

/** Headers of answers that pages of other origins may read, beside those that every page may. */
export const EXPOSED_HEADERS: readonly string[] = [
  'Content-Disposition',
  'Retry-After',
  ...Object.values(POSITION_HEADERS),
];

const SHARED_HEADERS = { 'access-control-expose-headers': EXPOSED_HEADERS.join(', ') };

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '600',
};

/**
 * Lets the pages of allowed origins read the answers (CORS), such as those of an application that is served elsewhere.
 *
 * @param hasSignIn whether the server may be reached by any name, so that the `Host` header says which pages are its own
 */
export function shareWithAllowedOrigins(
  allowedOrigins: readonly string[],
  hasSignIn: boolean,
): onRequestAsyncHookHandler {
  return async ({ headers, method }, reply) => {
    const { origin, host } = headers;
    reply.header('vary', 'Origin');
    if (origin === undefined || !isAllowedOrigin(origin, allowedOrigins, hasSignIn ? host : undefined)) {
      return;
    }
    reply.headers({ 'access-control-allow-origin': origin, ...SHARED_HEADERS });
    if (method === 'OPTIONS') {
      await reply.code(204).headers(PREFLIGHT_HEADERS).send();
    }
  };
}
