import { ExportRequest } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { attachmentNamed } from '../export/attachment-name';
import { exportWork } from '../export/export-work';
import { SessionPath } from './paths';
import type { RestParts } from './rest-parts';
import type { ValibotTypeProvider } from './valibot-validation';

/** `POST /sessions/:id/export`: the work as a file. */
export function addExportRoutes(app: FastifyInstance, { store }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.post(
    '/sessions/:id/export',
    { schema: { params: SessionPath, body: ExportRequest } },
    ({ params, body }, reply) => {
      const session = store.findSession(params.id);
      const { contentType, content } = exportWork(session, store.tasksOf(params.id), body.format);
      return reply
        .type(contentType)
        .header('content-disposition', attachmentNamed(session.title, body.format))
        .send(content);
    },
  );
}
