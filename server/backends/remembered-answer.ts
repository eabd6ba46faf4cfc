import { createHash } from 'node:crypto';
import { ERROR_CODES } from '@creative-autogpt/protocol';
import * as v from 'valibot';
import type { Answer, NamedCommand } from '../ports/store';
import { toStored } from './stored-records';

/** How many answers to commands are kept; what any of the bounds excludes is dropped, oldest first. */
export interface AnswerRetention {
  /** Most answers of one owner. */
  readonly maxAnswers: number;
  /** Most bytes of the answers of one owner, as they are stored. */
  readonly maxBytes: number;
  /** Greatest age of an answer, in hours. */
  readonly maxAgeHours: number;
}

/** What the protocol promises. */
export const ANSWER_RETENTION: AnswerRetention = {
  maxAnswers: 10_000,
  maxBytes: 4 * 1024 ** 2,
  maxAgeHours: 24,
};

/** What is kept of a command that was answered. */
const RememberedAnswer = v.object({
  /** Its digest, as commands may be large; what is stored of before has the whole command. */
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
type RememberedAnswer = v.InferOutput<typeof RememberedAnswer>;

const StoredAnswer = v.pipe(v.string(), v.parseJson(), RememberedAnswer);

/** The text that is stored of a command and its answer. */
export function toRemember({ command, sessionId }: NamedCommand, answer: Answer): string {
  return toStored(RememberedAnswer, { command: digestOf(command), session_id: sessionId, answer });
}

/** What is known of a command that was answered, from the text that is stored of it. */
export function rememberedAnswer(stored: string, { command, sessionId }: NamedCommand): RememberedAnswer {
  const read = v.safeParse(StoredAnswer, stored);
  return read.success ? read.output : { command, session_id: sessionId, answer: FORGOTTEN };
}

/** The command was answered once, so it must not be done again. */
const FORGOTTEN: Answer = {
  ok: false,
  error: {
    code: 'internal',
    message:
      'What became of this command is damaged in the store: look at its session before you send another.',
  },
};

/** The answer to a command that came again; a refusal where its id belongs to another command. */
export function answerAgain(
  { command, session_id: sessionId, answer }: RememberedAnswer,
  again: NamedCommand,
): Answer {
  const isSame = command === digestOf(again.command) || command === again.command;
  return isSame && sessionId === again.sessionId
    ? answer
    : {
        ok: false,
        error: { code: 'invalid_message', message: `Another command had the id "${again.id}" before.` },
      };
}

function digestOf(command: string): string {
  return createHash('sha256').update(command).digest('base64url');
}
