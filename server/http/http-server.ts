import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { LOCAL_OWNER } from './auth/owner';
import type { TokenVerifier } from './auth/token-verifier';
import { compressAnswers } from './compress-answers';
import { refuseWhenGoingAway } from './going-away';
import { DATA_SECURITY } from './content-security';
import { crossOrigin } from './cross-origin';
import { admitRequests } from './admit-requests';
import { replyNotFound, replyWithError } from './error-replies';
import { refuseForeignHosts } from './refuse-foreign-hosts';
import { FairTurns } from '../realtime/fair-turns';
import { validateWithValibot } from './valibot-validation';

/** Longest request body (bytes). */
const MAX_BODY_BYTES = 65_536;

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
  /** Whose turn it is to be answered. @default turns among the requests alone */
  readonly turns?: FairTurns | undefined;
  /** @default no log */
  readonly logger?: FastifyServerOptions['logger'];
}

/** A server without routes: how it validates, refuses and fails is the same for all that are added. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { allowedOrigins, tokens, maxRequestsPerMinute, turns = new FairTurns() } = options;
  const hasSignIn = tokens !== undefined;
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    // Each request is one line at `debug`, below; by default it would be two at `info`.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    // `refuseWhenGoingAway` does.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      replyWithError(error, request, reply);
    },
    logger: options.logger ?? false,
  });
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
  void app.register(admitRequests, { tokens, maxRequestsPerMinute, turns });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    request.log.debug({ method, url, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
  });
  return app;
}
