import type { preParsingAsyncHookHandler } from 'fastify';
import { isAllowedHost } from './allowed-host';
import { restError } from './error-replies';

/**
 * Refuses requests to names that are not this server's, whatever they ask for. Comes after `onRequest`, where the WebSocket
 * plugin takes note of the connections that it has to end when their upgrade is refused.
 */
export function refuseForeignHosts(allowedOrigins: readonly string[]): preParsingAsyncHookHandler {
  return async ({ headers: { host } }, reply) => {
    if (!isAllowedHost(host, allowedOrigins)) {
      await reply
        .code(403)
        .send(
          restError(
            'forbidden',
            `This server is not called ${String(host)}: name its origin in ALLOWED_ORIGINS.`,
          ),
        );
    }
  };
}
