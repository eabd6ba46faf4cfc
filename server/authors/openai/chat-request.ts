import type OpenAI from 'openai';
import type { WritingLanguage } from '@creative-autogpt/protocol';
import type { Endpoint } from '../../config/language-model';
import type { WritingBrief } from '../author';
import { promptFor } from './prompts/prompt';
import type { Refusal } from './explain-failure';
import { CONTEXT_BUDGET } from './prompts/context';

/** Below this many characters of earlier texts, a model has nothing to go by. */
const LEAST_CONTEXT = 2000;

/** Rules of thumb for the tokenizers of today's models. */
const CHARACTERS_PER_TOKEN: Readonly<Record<WritingLanguage, number>> = { zh: 1.4, en: 4 };

/** Statuses by which endpoints refuse what is in a request. */
const REFUSED: readonly number[] = [400, 413, 422];

const ABOUT_CONTEXT =
  /context.?(length|window|size)|maximum context|(prompt|input|request) (is )?too (long|large)|too many (input )?tokens|exceed\w*.{0,40}(context|token)|reduce the length/iu;
const ABOUT_STREAM_OPTIONS = /stream_options|include_usage/iu;
const ABOUT_ROLES = /\bsystem\b|\brole/iu;

/** Whether a refusal says that a prompt is more than the model takes in. */
export function isAboutContext(said: string): boolean {
  return ABOUT_CONTEXT.test(said);
}

/** How one endpoint wants to be asked, as far as its refusals have taught. */
export class ChatRequests {
  #hasStreamOptions = true;
  #hasSystemRole = true;
  /** Share of {@link CONTEXT_BUDGET}, or of what the settings leave for it, that prompts have. */
  #share = 1;

  constructor(private readonly endpoint: Pick<Endpoint, 'model' | 'maxOutputTokens' | 'contextTokens'>) {}

  for(brief: WritingBrief): OpenAI.ChatCompletionCreateParamsStreaming {
    const { model, maxOutputTokens } = this.endpoint;
    const { system, user, continuation } = promptFor(brief, this.#contextBudget(brief));
    return {
      model,
      messages: [
        ...(this.#hasSystemRole
          ? [
              { role: 'system' as const, content: system },
              { role: 'user' as const, content: user },
            ]
          : [{ role: 'user' as const, content: `${system}\n\n${user}` }]),
        ...(continuation === null
          ? []
          : [
              { role: 'assistant' as const, content: continuation.begun },
              { role: 'user' as const, content: continuation.user },
            ]),
      ],
      stream: true,
      ...(this.#hasStreamOptions && { stream_options: { include_usage: true } }),
      // The newer `max_completion_tokens` is known to few of the servers that speak this protocol.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- for the reason above
      ...(maxOutputTokens !== undefined && { max_tokens: maxOutputTokens }),
    };
  }

  /** @returns whether the next request is another one than this, so that it may be taken */
  learnFrom({ status, said }: Pick<Refusal, 'status' | 'said'>): boolean {
    if (!REFUSED.includes(status)) {
      return false;
    }
    if (isAboutContext(said)) {
      return this.shorten();
    }
    // A refusal for an unknown field need not name it.
    if (this.#hasStreamOptions && (ABOUT_STREAM_OPTIONS.test(said) || status === 422)) {
      this.#hasStreamOptions = false;
      return true;
    }
    if (this.#hasSystemRole && ABOUT_ROLES.test(said)) {
      this.#hasSystemRole = false;
      return true;
    }
    return false;
  }

  /** Has prompts say half as much of what was written before. @returns false where that is little already */
  shorten(): boolean {
    if ((CONTEXT_BUDGET * this.#share) / 2 < LEAST_CONTEXT) {
      return false;
    }
    this.#share /= 2;
    return true;
  }

  /** Characters of earlier texts that a prompt may have: half of what the model takes in, at the most. */
  #contextBudget({ language }: WritingBrief): number {
    const { contextTokens = Infinity } = this.endpoint;
    const fitting = (contextTokens / 2) * CHARACTERS_PER_TOKEN[language];
    return Math.min(CONTEXT_BUDGET, fitting) * this.#share;
  }
}
