import { ExportRequest } from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { attachmentNamed } from '../domain/export/attachment-name';
import { exportStored } from '../domain/export/export-stored';
import { EXPORT_TYPES, exportWork } from '../domain/export/export-work';
import type { WorkForm } from '../ports/store';
import { BAD_FIELD, NO_SESSION, restCall, type RestParts, sendWork, SessionPath } from './rest-call';
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
    async ({ params: { id }, body: { format }, owner, turn }, reply) => {
      const store = stores.of(owner);
      if (format === 'raw') {
        const { title } = await store.findSession(id);
        const content = exportStored(await store.storedOf(id));
        return reply
          .type(EXPORT_TYPES.json)
          .header('content-disposition', attachmentNamed(title, format))
          .send(content);
      }
      const form: WorkForm = {
        name: format,
        pieces: (session, tasks) => exportWork(session, tasks, format),
      };
      const work = await store.workAs(id, form, turn);
      reply
        .type(EXPORT_TYPES[format])
        .header('content-disposition', attachmentNamed(work.session.title, format));
      return sendWork(reply, work);
    },
  );
}
