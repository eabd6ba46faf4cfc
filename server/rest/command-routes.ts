import {
  type CommandResult,
  type Session,
  SESSION_COMMANDS,
  type SessionCommand,
} from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { SessionPath } from './paths';
import type { RestParts } from './rest-parts';
import type { ValibotTypeProvider } from './valibot-validation';

const DONE: Record<SessionCommand, string> = {
  start: 'The session is started.',
  pause: 'The session is paused.',
  resume: 'The session goes on.',
  stop: 'The session is stopped.',
};

/** Sessions as work to steer: started, paused, resumed, stopped, deleted. */
export function addCommandRoutes(app: FastifyInstance, { control }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  for (const command of SESSION_COMMANDS) {
    routes.post(`/sessions/:id/${command}`, { schema: { params: SessionPath } }, ({ params }) =>
      result(DONE[command], control[command](params.id)),
    );
  }

  routes.delete('/sessions/:id', { schema: { params: SessionPath } }, ({ params }) => {
    control.delete(params.id);
    return result('The session is deleted.', null);
  });
}

function result(message: string, session: Session | null): CommandResult {
  return { success: true, message, data: session };
}
