/** The owner of everything on a server without sign-in. */
export const LOCAL_OWNER = '';

/** Longest name (UTF-16 code units) an owner may have. */
export const MAX_OWNER_LENGTH = 100;

declare module 'fastify' {
  interface FastifyRequest {
    /** The owner by the token of the request; `LOCAL_OWNER` without sign-in, and for routes that are open. */
    owner: string;
  }
}
