import type { FastifyRequest } from 'fastify';

/**
 * Routes that nobody has to sign in for; all others ask for a token. The application has to be there to sign in with, its
 * WebSocket takes the token in its first message, and machines that watch the server know no tokens.
 */
const OPEN_ROUTES: readonly string[] = [
  '/*',
  '/ws/ws',
  '/health',
  '/metrics',
  '/openapi.json',
  '/asyncapi.json',
];

/** Whether a request is for a route that is open to everybody, or for none at all. */
export function isForOpenRoute({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === undefined || OPEN_ROUTES.includes(url);
}
