import { ExportRequest } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { attachmentNamed } from '../domain/export/attachment-name';
import { exportStored } from '../domain/export/export-stored';
import { exportWork } from '../domain/export/export-work';
import { BAD_FIELD, NO_SESSION, restCall, type RestParts, SessionPath } from './rest-call';
import type { ValibotTypeProvider } from '../http/valibot-validation';

/** `POST /sessions/:id/export`: the work as a file. */
export function addExportRoutes(app: FastifyInstance, { stores }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  routes.post(
    '/sessions/:id/export',
    {
      schema: { params: SessionPath, body: ExportRequest },
      config: restCall('The work as a file.', ['text/plain', 'text/markdown', 'application/json'], {
        ...NO_SESSION,
        ...BAD_FIELD,
      }),
    },
    async ({ params, body, owner }, reply) => {
      const store = stores.of(owner);
      const session = await store.findSession(params.id);
      const { contentType, content } =
        body.format === 'raw'
          ? exportStored(await store.storedOf(params.id))
          : exportWork(session, await store.tasksOf(params.id), body.format);
      return reply
        .type(contentType)
        .header('content-disposition', attachmentNamed(session.title, body.format))
        .send(content);
    },
  );
}
