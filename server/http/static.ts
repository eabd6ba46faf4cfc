import { basename } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { pathOf } from './logged-request';
import { addPage, PAGE } from './send-page';
import { prefersHtml } from './prefers-html';

/** Names with a hash of their content, such as `main-5XK3QB2N.js`: another content is another name. */
const HASHED_NAME = /-[A-Z0-9]{8}\.\w+$/;

/**
 * Serves the built application: its files, and its page at every address that names neither a file nor data.
 *
 * @param root directory of the built application
 */
export async function addStaticRoutes(app: FastifyInstance, root: string): Promise<void> {
  addPage(app, root);
  await app.register(fastifyStatic, {
    root,
    serve: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isForever = HASHED_NAME.test(basename(path));
      reply.header('cache-control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });

  app.get<{ Params: { '*': string } }>(
    '/*',
    { schema: { hide: true }, config: { isOpen: true } },
    (request, reply) => {
      const file = request.params['*'];
      return file === '' || file === PAGE ? reply.sendPage() : reply.sendFile(file);
    },
  );

  // The addresses of the application's pages are no files; a person who goes to one gets the page that shows
  // it.
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url === '/*' && !basename(pathOf(request.url)).includes('.')) {
      await sendPageToPeople.call(app, request, reply);
    }
  });
}

/**
 * Decides between the two readers of an address such as `/sessions`: a person who goes there gets the
 * application's page, which then asks for the data at the same address.
 */
export const sendPageToPeople: onRequestAsyncHookHandler = async (request, reply) => {
  // Beside what the answer varies by already.
  reply.header('vary', [reply.getHeader('vary') ?? [], 'Accept'].flat().join(', '));
  if (isRead(request.method) && prefersHtml(request.headers.accept)) {
    return reply.sendPage();
  }
};

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
