import {
  type CommandResult,
  NewFeedback,
  type Session,
  SESSION_COMMANDS,
  type SessionCommand,
} from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import { SessionPath } from './paths';
import type { RestParts } from './rest-parts';
import type { ValibotTypeProvider } from '../http/valibot-validation';

const DONE: Record<SessionCommand, string> = {
  start: 'The session is started.',
  pause: 'The session is paused.',
  resume: 'The session goes on.',
  stop: 'The session is stopped.',
};

/** Sessions as work to steer: started, paused, resumed, stopped, told something, deleted. */
export function addCommandRoutes(app: FastifyInstance, { control }: RestParts): void {
  const routes = app.withTypeProvider<ValibotTypeProvider>();

  for (const command of SESSION_COMMANDS) {
    routes.post(`/sessions/:id/${command}`, { schema: { params: SessionPath } }, async ({ params, owner }) =>
      result(DONE[command], await control.command(owner, params.id, command)),
    );
  }

  routes.post(
    '/sessions/:id/feedback',
    { schema: { params: SessionPath, body: NewFeedback } },
    ({ params, body, owner }): Promise<Session> => control.giveFeedback(owner, params.id, body),
  );

  routes.delete('/sessions/:id', { schema: { params: SessionPath } }, async ({ params, owner }) => {
    await control.delete(owner, params.id);
    return result('The session is deleted.', null);
  });
}

function result(message: string, session: Session | null): CommandResult {
  return { success: true, message, data: session };
}
