import type { onRequestAsyncHookHandler } from 'fastify';
import { isAllowedOrigin } from '../allowed-origin';

const SHARED_HEADERS = { 'access-control-expose-headers': 'content-disposition' };

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '600',
};

/** Lets the pages of allowed origins read the answers (CORS), such as those of an application that is served elsewhere. */
export function shareWithAllowedOrigins(allowedOrigins: readonly string[]): onRequestAsyncHookHandler {
  return async ({ headers, method }, reply) => {
    const { origin } = headers;
    reply.header('vary', 'Origin');
    if (origin === undefined || !isAllowedOrigin(origin, allowedOrigins)) {
      return;
    }
    reply.headers({ 'access-control-allow-origin': origin, ...SHARED_HEADERS });
    if (method === 'OPTIONS') {
      await reply.code(204).headers(PREFLIGHT_HEADERS).send();
    }
  };
}
