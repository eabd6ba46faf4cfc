import type { FastifyHelmetOptions } from '@fastify/helmet';

type ContentSecurity = NonNullable<FastifyHelmetOptions['contentSecurityPolicy']>;

/** Answers that are no page: whatever a browser takes them for, nothing in them runs, loads or is framed. */
export const DATA_SECURITY: ContentSecurity = {
  useDefaults: false,
  directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
};

/**
 * The page of the application: only what comes with it runs.
 *
 * @param nonce what marks the scripts and styles in the page itself as its own, another one in each answer
 * @param connectTo origins, besides its own, that it connects to
 */
export function pageSecurity(nonce: string, connectTo: readonly string[]): ContentSecurity {
  const own = ["'self'", `'nonce-${nonce}'`];
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: own,
      styleSrc: own,
      // Small pictures come inside the style sheets.
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'", ...connectTo],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['angular'],
    },
  };
}
