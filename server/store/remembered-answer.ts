import { ERROR_CODES } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { Answer, NamedCommand } from './store';

/** What is kept of a command that was answered. */
export const RememberedAnswer = v.object({
  command: v.string(),
  session_id: v.string(),
  answer: v.variant('ok', [
    v.object({ ok: v.literal(true) }),
    v.object({
      ok: v.literal(false),
      error: v.object({ code: v.picklist(ERROR_CODES), message: v.string() }),
    }),
  ]),
});
export type RememberedAnswer = v.InferOutput<typeof RememberedAnswer>;

/** The answer that this command gets again; a refusal where the one with its id was another. */
export function answerAgain(
  { command, session_id: sessionId, answer }: RememberedAnswer,
  again: NamedCommand,
): Answer {
  return command === again.command && sessionId === again.sessionId
    ? answer
    : {
        ok: false,
        error: { code: 'invalid_message', message: `Another command had the id "${again.id}" before.` },
      };
}
