import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { isAllowedHost } from './allowed-host';
import { refuse } from './error-replies';

/** Refuses requests to names that are not this server's, whatever they ask for. */
export const refuseForeignHosts = plugin<{ readonly allowedOrigins: readonly string[] }>(
  (app, { allowedOrigins }, done) => {
    app.addHook('onRequest', (request, reply, done) => {
      const refusal = foreignHostRefusal(request, allowedOrigins);
      if (refusal === undefined) {
        done();
      } else {
        refuse(reply, 'forbidden', refusal);
      }
    });
    done();
  },
);

/** Why the host that a request names is refused; undefined where it is this server's. */
export function foreignHostRefusal(
  { url, headers }: Pick<FastifyRequest, 'url' | 'headers'>,
  allowedOrigins: readonly string[],
): string | undefined {
  // A whole URL as its target names a host, too (RFC 9112, 3.2.2).
  const named = [headers.host, URL.canParse(url) ? new URL(url).host : undefined];
  const foreign = named.find((host) => !isAllowedHost(host, allowedOrigins));
  return foreign === undefined
    ? undefined
    : `This server is not called ${JSON.stringify(foreign)}: name its origin in ALLOWED_ORIGINS.`;
}
