import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { FairTurns } from '../realtime/fair-turns';
import type { TokenVerifier } from '../realtime/socket-authentication';
import { LOCAL_OWNER } from './auth/owner';
import { boundBodies } from './bounded-bodies';
import { compressAnswers } from './compress-answers';
import { refuseWhenGoingAway } from './going-away';
import { DATA_SECURITY } from './content-security';
import { crossOrigin } from './cross-origin';
import { admitRequests } from './admit-requests';
import { refuse, replyNotFound, replyToUnreadable, replyWithError } from './error-replies';
import { loggedRequest } from './logged-request';
import { foreignHostRefusal, refuseForeignHosts } from './refuse-foreign-hosts';
import { validateWithValibot } from './valibot-validation';

/** Longest request body (bytes). */
const MAX_BODY_BYTES = 65_536;

/**
 * How long (ms) clients may take: the first for the headers of a request, the second for all of it, which is
 * 3.3 kB/s for the longest body.
 */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 20_000;
/** How often (ms) Node looks for requests that take longer. */
const TIMEOUT_CHECK_MS = 2000;
/** A connection in whose request or answer nothing moves for so long (ms) is ended. */
const IDLE_TIMEOUT_MS = 60_000;

/** Headers that keep browsers from taking an answer for more than it is. */
const SECURITY_HEADERS: FastifyHelmetOptions = {
  contentSecurityPolicy: DATA_SECURITY,
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'same-origin' },
  // Whether a name is reached by TLS alone is for the proxy to say that does the TLS.
  strictTransportSecurity: false,
};

/** What the HTTP server keeps to, whatever its routes are. */
export interface HttpServerOptions {
  /** Origins besides those of this machine whose pages may use the server; their hosts are names of it. */
  readonly allowedOrigins: readonly string[];
  /** Tells who a request comes from. @default no sign-in: everything is that of `LOCAL_OWNER` */
  readonly tokens?: TokenVerifier | undefined;
  /** REST requests that one owner, or where that is not known one address, may make. @default any number */
  readonly maxRequestsPerMinute?: number | undefined;
  /**
   * Addresses and networks of the proxies in front of the server: where a request comes from one of them,
   * `X-Forwarded-For` says who its client is. @default none
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Connections at a time; those beyond are ended as they come. @default any number */
  readonly maxConnections?: number | undefined;
  /** Whose turn it is to be answered. @default turns among the requests alone */
  readonly turns?: FairTurns | undefined;
  /** @default no log */
  readonly logger?: FastifyServerOptions['logger'];
}

/** A server without routes: how it validates, refuses and fails is the same for all that are added. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { allowedOrigins, tokens, maxRequestsPerMinute, turns = new FairTurns() } = options;
  const { trustedProxies = [], maxConnections } = options;
  const hasSignIn = tokens !== undefined;
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, connectionsCheckingInterval: TIMEOUT_CHECK_MS },
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: IDLE_TIMEOUT_MS,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    // Each request is one line at `debug`, below; by default it would be two at `info`.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    // `refuseWhenGoingAway` does.
    return503OnClosing: false,
    clientErrorHandler: replyToUnreadable,
    // These requests come by no hook.
    frameworkErrors: (error, request, reply) => {
      const refusal = hasSignIn ? undefined : foreignHostRefusal(request, allowedOrigins);
      if (refusal === undefined) {
        replyWithError(error, request, reply);
      } else {
        refuse(reply, 'forbidden', refusal);
      }
    },
    logger: options.logger ?? false,
  });
  if (maxConnections !== undefined) {
    app.server.maxConnections = maxConnections;
  }
  app.decorateRequest('owner', LOCAL_OWNER);
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validateWithValibot);
  app.setErrorHandler(replyWithError);
  app.setNotFoundHandler(replyNotFound);
  void app.register(refuseWhenGoingAway);
  // In this order: a refusal has the headers of every answer, and pages of allowed origins may read it.
  void app.register(compressAnswers);
  void app.register(helmet, SECURITY_HEADERS);
  void app.register(crossOrigin, { allowedOrigins, hasSignIn });
  // With sign-in there is no check of the `Host` header: a page whose name was made to resolve to this server
  // has no token to show, and browsers add none by themselves as they do with cookies.
  if (!hasSignIn) {
    void app.register(refuseForeignHosts, { allowedOrigins });
  }
  void app.register(boundBodies);
  void app.register(admitRequests, { tokens, maxRequestsPerMinute, turns });
  app.addHook('onListen', (done) => {
    // By default it would end the process.
    app.server.on('error', (error) => {
      app.log.error({ err: error }, 'a connection could not be taken');
    });
    done();
  });
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime: ms } = reply;
    request.log.debug({ ...loggedRequest(request), status, ms }, 'answered');
  });
  return app;
}
