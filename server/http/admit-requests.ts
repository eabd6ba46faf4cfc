import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { ServiceError } from '../domain/service-error';
import type { FairTurns } from '../realtime/fair-turns';
import type { TokenVerifier } from '../realtime/socket-authentication';
import { bearerToken } from './auth/token-verifier';
import { refuse } from './error-replies';
import { limitedName, limitRequests } from './request-limit';
import { MOST_AT_ONCE, RequestsUnderWay } from './requests-under-way';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Whether nobody has to sign in for the route: the application has to be there to sign in with, its
     * WebSocket takes the token in its first message, and machines that watch the server know no tokens.
     * @default false
     */
    readonly isOpen?: boolean;
  }
  interface FastifyRequest {
    /** Settles when it is the turn of the request: a long answer is made in steps with a turn before each. */
    turn: () => Promise<void>;
  }
}

/** Which requests are admitted to the routes that are not open. */
export interface AdmissionOptions {
  /** Without it, everybody is the local owner. */
  readonly tokens?: TokenVerifier | undefined;
  /** Requests of one owner or, where that is not known, of one address. Without it, nothing is counted. */
  readonly maxRequestsPerMinute?: number | undefined;
  readonly turns: FairTurns;
}

/** How long (s) a client is to wait that makes more of them. */
const AGAIN_AFTER_SECONDS = 5;

/** Bytes that an owner is sent for the price of a millisecond: in the long run 8 MB a second. */
const BYTES_PER_MS = 32_768;

/**
 * Sets `request.owner`. Refuses requests without a valid token, where the server has sign-in, and requests
 * over the limit; those with an invalid token count, too.
 *
 * Routes that answer browsers with a page do so in `onRequest`, before this: the page is for everybody, the
 * data at the same address is for its owner.
 */
export const admitRequests = plugin<AdmissionOptions>(
  async (app, { tokens, maxRequestsPerMinute, turns }) => {
    const underWay = new RequestsUnderWay();
    app.decorateRequest('turn', () => Promise.resolve());
    const countRequest =
      maxRequestsPerMinute === undefined ? undefined : await limitRequests(app, maxRequestsPerMinute);

    app.addHook('preParsing', async (request, reply) => {
      if (isOpen(request)) {
        return;
      }
      if (tokens !== undefined) {
        // What is sent to one owner is not for a cache that others read from.
        reply.header('cache-control', 'no-store');
      }
      const refusal = tokens && (await identify(request, tokens));
      const name = limitedName(request);
      const secondsToWait = await countRequest?.(request);
      if (secondsToWait !== undefined) {
        reply.header('retry-after', secondsToWait);
        const detail = `There were too many requests: come again in ${secondsToWait} s.`;
        await refuse(reply, 'too_many_requests', detail);
      } else if (refusal !== undefined) {
        throw refusal;
      } else if (!underWay.enter(name, request.raw, reply.raw)) {
        reply.header('retry-after', AGAIN_AFTER_SECONDS);
        const detail = `More than ${MOST_AT_ONCE} requests are under way: come again in ${AGAIN_AFTER_SECONDS} s.`;
        await refuse(reply, 'too_many_requests', detail);
      } else {
        request.turn = () => turns.take(name, request.raw.socket, true);
        await turns.take(name, request.raw.socket);
      }
    });

    // Without a promise: answers to upgrades have to be sent at once.
    app.addHook('onSend', (request, _reply, payload, done) => {
      if (!isOpen(request) && (typeof payload === 'string' || Buffer.isBuffer(payload))) {
        turns.charge(limitedName(request), request.raw.socket, payload.length / BYTES_PER_MS);
      }
      done(null, payload);
    });
  },
);

/** Also where there is no route, and for preflights, which browsers send without a token. */
function isOpen({ method, routeOptions: { url, config } }: FastifyRequest): boolean {
  return url === undefined || method === 'OPTIONS' || config.isOpen === true;
}

/** @returns why it is not known whose request it is; undefined where it is */
async function identify(request: FastifyRequest, tokens: TokenVerifier): Promise<ServiceError | undefined> {
  try {
    request.owner = (await tokens.verify(bearerToken(request.headers.authorization))).owner;
    return undefined;
  } catch (error) {
    if (error instanceof ServiceError) {
      return error;
    }
    throw error;
  }
}
