import type { onRequestAsyncHookHandler } from 'fastify';
import { isAllowedOrigin } from '../allowed-origin';
import { detail } from './error-replies';

const READING_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Refuses requests by which the pages of other origins would change something. */
export function refuseForeignOrigins(allowedOrigins: readonly string[]): onRequestAsyncHookHandler {
  return async (request, reply) => {
    const { origin } = request.headers;
    if (!READING_METHODS.includes(request.method) && !isAllowedOrigin(origin, allowedOrigins)) {
      await reply
        .code(403)
        .send(detail(`Pages of ${String(origin)} may not use this server: name it in ALLOWED_ORIGINS.`));
    }
  };
}
