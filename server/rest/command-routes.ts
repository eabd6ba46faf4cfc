import {
  CLIENT_MESSAGE_SUMMARIES,
  CommandResult,
  NewFeedback,
  Session,
  SESSION_COMMANDS,
  type SessionCommand,
} from '@creative-autogpt/protocol';
import type { FastifyInstance } from 'fastify';
import {
  BAD_FIELD,
  BAD_STATE,
  NO_ROOM,
  NO_SESSION,
  restCall,
  type RestParts,
  SessionPath,
} from './rest-call';
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
    const config = restCall(CLIENT_MESSAGE_SUMMARIES[command], CommandResult, {
      ...NO_SESSION,
      ...BAD_STATE,
      ...(['start', 'resume'].includes(command) && NO_ROOM),
    });
    routes.post(
      `/sessions/:id/${command}`,
      { schema: { params: SessionPath }, config },
      async ({ params, owner }) => result(DONE[command], await control.command(owner, params.id, command)),
    );
  }

  routes.post(
    '/sessions/:id/feedback',
    {
      schema: { params: SessionPath, body: NewFeedback },
      config: restCall(CLIENT_MESSAGE_SUMMARIES.feedback, Session, {
        ...NO_SESSION,
        ...BAD_STATE,
        ...NO_ROOM,
        ...BAD_FIELD,
      }),
    },
    ({ params, body, owner }): Promise<Session> => control.giveFeedback(owner, params.id, body),
  );

  const deletes = 'Deletes a session with its tasks; one that runs is stopped first.';
  routes.delete(
    '/sessions/:id',
    { schema: { params: SessionPath }, config: restCall(deletes, CommandResult, NO_SESSION) },
    async ({ params, owner }) => {
      await control.delete(owner, params.id);
      return result('The session is deleted.', null);
    },
  );
}

function result(message: string, session: Session | null): CommandResult {
  return { success: true, message, data: session };
}
