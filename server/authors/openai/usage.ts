import type OpenAI from 'openai';
import * as v from 'valibot';
import { estimateTokens } from '../estimate-tokens';

/** More tokens than any model can read or write. */
const MOST_TOKENS = 1_000_000_000;

/** What one answer cost. */
export interface AnswerUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

const TokenCount = v.fallback(
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_TOKENS))),
  undefined,
);
const Usage = v.fallback(v.object({ prompt_tokens: TokenCount, completion_tokens: TokenCount }), {
  prompt_tokens: undefined,
  completion_tokens: undefined,
});

/** The counts of an endpoint that are counts: servers leave some out, or put into them what is none. */
export function countedUsage(usage: unknown): Partial<AnswerUsage> {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = v.parse(Usage, usage);
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
  };
}

/** What an answer cost, roughly. @param text all that was received of it */
export function estimatedUsage(
  { messages }: Pick<OpenAI.ChatCompletionCreateParams, 'messages'>,
  text: string,
): AnswerUsage {
  const prompt = messages.map(({ content }) => (typeof content === 'string' ? content : ''));
  return {
    promptTokens: prompt.reduce((tokens, part) => tokens + estimateTokens(part), 0),
    completionTokens: estimateTokens(text),
  };
}
