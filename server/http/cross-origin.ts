import { POSITION_HEADERS } from '@creative-autogpt/protocol';
import cors from '@fastify/cors';
import plugin from 'fastify-plugin';
import { isAllowedOrigin } from './allowed-origin';
import { refuse } from './error-replies';

/** Which pages are the server's own, or as good as its own. */
export interface CrossOriginOptions {
  /** Origins besides those of this machine. */
  readonly allowedOrigins: readonly string[];
  /**
   * Whether the server may be reached by any name, so that the `Host` header says which pages are its own.
   */
  readonly hasSignIn: boolean;
}

const READING_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Lets the pages of allowed origins read the answers (CORS), such as those of an application that is served
 * elsewhere, and refuses requests by which the pages of other origins would change something. Every answer
 * varies by origin.
 */
export const crossOrigin = plugin<CrossOriginOptions>(async (app, { allowedOrigins, hasSignIn }) => {
  const isAllowed = (origin: string | undefined, host: string | undefined): boolean =>
    isAllowedOrigin(origin, allowedOrigins, hasSignIn ? host : undefined);

  await app.register(cors, {
    delegator: ({ headers: { origin, host } }, answer) => {
      answer(null, {
        origin: origin !== undefined && isAllowed(origin, host),
        methods: ['GET', 'POST', 'PATCH', 'DELETE'],
        allowedHeaders: ['authorization', 'content-type'],
        exposedHeaders: ['Content-Disposition', 'Retry-After', ...Object.values(POSITION_HEADERS)],
        maxAge: 600,
        strictPreflight: false,
      });
    },
  });

  app.addHook('onRequest', ({ headers: { origin, host }, method }, reply, done) => {
    if (READING_METHODS.includes(method) || isAllowed(origin, host)) {
      done();
      return;
    }
    const detail = `Pages of ${String(origin)} may not use this server: name it in ALLOWED_ORIGINS.`;
    refuse(reply, 'forbidden', detail);
  });
});
