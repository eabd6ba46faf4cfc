import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { addCommandRoutes } from './command-routes';
import { addExportRoutes } from './export-routes';
import type { RestParts } from './rest-call';
import { addServerRoutes } from './server-routes';
import { addSessionRoutes } from './session-routes';
import { addTaskRoutes } from './task-routes';

/**
 * All calls of the section REST in docs/PROTOCOL.md.
 *
 * @param answerPeople runs before the routes below `/sessions` and `/tasks`, addresses that the application's
 *   pages have,
 * too: it may answer a person in their place
 */
export async function addRestRoutes(
  app: FastifyInstance,
  parts: RestParts,
  answerPeople?: onRequestAsyncHookHandler,
): Promise<void> {
  addServerRoutes(app, parts);
  await app.register((documents, _options, done) => {
    if (answerPeople !== undefined) {
      documents.addHook('onRequest', answerPeople);
    }
    addSessionRoutes(documents, parts);
    addCommandRoutes(documents, parts);
    addTaskRoutes(documents, parts);
    addExportRoutes(documents, parts);
    done();
  });
}
