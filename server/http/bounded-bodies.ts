import plugin from 'fastify-plugin';
import { ServiceError } from '../domain/service-error';
import { FrameBoundsError } from '../realtime/frame-bounds';
import { checkJsonBounds } from '../realtime/json-bounds';

/** Holds the bodies of requests to the bounds of messages on a socket, before they are parsed. */
export const boundBodies = plugin((app, _options, done) => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, parsed) => {
    try {
      checkJsonBounds(body);
    } catch (error) {
      throw error instanceof FrameBoundsError ? new ServiceError('invalid_message', error.message) : error;
    }
    return parse(request, body, parsed);
  });
  done();
});
