import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { ServiceError } from '../domain/service-error';
import { connectSources } from './connect-sources';
import { pageSecurity } from './content-security';

/** File of the application's page. */
export const PAGE = 'index.html';

/** Stands in the page wherever the nonce of the answer has to. */
const NONCE_PLACEHOLDER = '%CSP_NONCE%';

const NONCE_BYTES = 16;

declare module 'fastify' {
  interface FastifyReply {
    /** Answers with the application's page. */
    sendPage(): Promise<FastifyReply>;
  }
}

/**
 * Gives replies `sendPage`.
 *
 * @param root directory of the built application; it may be built anew while the server runs
 */
export function addPage(app: FastifyInstance, root: string): void {
  app.decorateReply('sendPage', async function (this: FastifyReply) {
    const [page, config] = await Promise.all([
      readFile(join(root, PAGE), 'utf8').catch(pageIsMissing),
      readFile(join(root, 'config.json'), 'utf8').catch(() => undefined),
    ]);
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    const connectTo = connectSources(config, this.request.headers.host);
    this.helmet({ contentSecurityPolicy: pageSecurity(nonce, connectTo) });
    // Without a validator: a page that a browser took from its cache would not fit the nonce in the new
    // headers.
    return this.type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(page.replaceAll(NONCE_PLACEHOLDER, nonce));
  });
}

/** @throws ServiceError `unavailable`: the build removes its files before it writes new ones. */
function pageIsMissing(cause: unknown): never {
  const missing = new ServiceError(
    'unavailable',
    'The page of the application cannot be read: it may be built anew at the moment. Try again in a minute.',
  );
  missing.cause = cause;
  throw missing;
}
