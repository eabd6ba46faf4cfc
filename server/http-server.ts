import fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { replyNotFound, replyWithError } from './rest/error-replies';
import { refuseForeignHosts } from './rest/refuse-foreign-hosts';
import { refuseForeignOrigins } from './rest/refuse-foreign-origins';
import { shareWithAllowedOrigins } from './rest/share-with-allowed-origins';
import { validateWithValibot } from './rest/valibot-validation';

/** Longest request body (bytes). */
const MAX_BODY_BYTES = 65_536;

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "frame-ancestors 'none'",
};

/** A server without routes: how it validates, refuses and fails is the same for all that are added. */
export function createHttpServer(options: {
  /** Origins besides those of this machine whose pages may use the server; their hosts are names of it. */
  readonly allowedOrigins: readonly string[];
  /** @default no log */
  readonly logger?: FastifyServerOptions['logger'];
}): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    // Each request is one line at `debug`, below; by default it would be two at `info`.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => {
      replyWithError(error, request, reply);
    },
    logger: options.logger ?? false,
  });
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validateWithValibot);
  app.setErrorHandler(replyWithError);
  app.setNotFoundHandler(replyNotFound);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(SECURITY_HEADERS);
  });
  app.addHook('onRequest', refuseForeignOrigins(options.allowedOrigins));
  app.addHook('onRequest', shareWithAllowedOrigins(options.allowedOrigins));
  app.addHook('preParsing', refuseForeignHosts(options.allowedOrigins));
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request;
    request.log.debug({ method, url, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
  });
  return app;
}
