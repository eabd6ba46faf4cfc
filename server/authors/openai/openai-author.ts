import OpenAI from 'openai';
import * as v from 'valibot';
import type { Author, AuthorPiece, AuthorUsage, WritingBrief } from '../author';
import { AuthorError } from '../author';
import { estimateTokens } from '../estimate-tokens';
import type { Endpoint } from '../../config/environment';
import { type AnswerBounds, boundedAnswer, tooLong } from './bounded-answer';
import { explainFailure } from './explain-failure';
import { IdleTimer } from './idle-timer';
import { type ChatPrompt, promptFor } from './prompts/prompt';
import { fetchWithSoundWaits } from './retry-after';
import { SoundPieces } from './sound-pieces';

/** Time until the endpoint must have begun to answer. */
const FIRST_BYTE_TIMEOUT = 60_000;

/** Time a begun answer may stand still. Longer than for the first byte: models may think in silence. */
const IDLE_TIMEOUT = 90_000;

/** Time a whole answer may take, however lively it is. */
const ANSWER_TIMEOUT = 3_600_000;

/** A model that writes this many times what it was asked for does not come to an end by itself. */
const MOST_TIMES_TARGET = 5;

/** Characters of an English word with the space after it, generously. */
const CHARACTERS_PER_WORD = 8;

/** Characters that any text may have: models seldom keep to what is to be short. */
const ALWAYS_ALLOWED = 50_000;

/** Characters of a word of the endpoint that is quoted. */
const LONGEST_WORD = 100;

/** More tokens than any model can read or write. */
const MOST_TOKENS = 1_000_000_000;

const REQUEST_RETRIES = 2;

/** Times an answer that breaks off or stays empty before its first word is asked for in all. */
const STREAM_ATTEMPTS = 2;

/** What local servers that check no key are sent, because the SDK needs one. */
const NO_KEY = 'none';

export interface OpenAiAuthorOptions extends Endpoint, AnswerBounds {
  /** Time in ms until the endpoint must have begun to answer. @default 60000 */
  readonly firstByteTimeout?: number;
  /** Time in ms a begun answer may stand still. @default 90000 */
  readonly idleTimeout?: number;
  /** Time in ms a whole answer may take. @default 3600000 */
  readonly answerTimeout?: number;
  /** Retries of a request that was refused with 408, 409, 429 or 5xx, or did not get through. @default 2 */
  readonly requestRetries?: number;
}

/** What has been received of one answer. */
interface Answer {
  text: string;
  /** As far as the endpoint counted: servers leave out fields of it, or put into them what is no count. */
  usage: Partial<AuthorUsage>;
  finishReason: string | null;
  /** What the endpoint says it sends. */
  contentType: string;
  /** Whether the answer is in the form of a model's. */
  isModel: boolean;
}

/** What ends an answer early. */
interface AnswerLimits {
  /** Characters of its text. */
  readonly longest: number;
  readonly signal: AbortSignal;
}

/** Writes with any model behind an OpenAI-compatible Chat Completions endpoint. */
export class OpenAiAuthor implements Author {
  readonly provider = 'openai';
  readonly model: string;
  readonly #client: OpenAI;

  constructor(private readonly options: OpenAiAuthorOptions) {
    this.model = options.model;
    this.#client = new OpenAI({
      baseURL: options.baseUrl,
      apiKey: options.apiKey ?? NO_KEY,
      // Not from the SDK's own environment variables: only this project's settings count.
      adminAPIKey: null,
      organization: null,
      project: null,
      maxRetries: options.requestRetries ?? REQUEST_RETRIES,
      timeout: options.firstByteTimeout ?? FIRST_BYTE_TIMEOUT,
      fetch: async (input, init) => boundedAnswer(await fetchWithSoundWaits(input, init), options),
      // The SDK's log could show headers, and with them the key.
      logLevel: 'off',
    });
  }

  /** A model is shown what it has written, and asked for the rest. */
  canContinue(): boolean {
    return true;
  }

  /**
   * Streams the model's answer. Retries happen only while nothing has been given out, so no text comes twice.
   * Where the endpoint does not report its usage, the usage is an estimate from the texts.
   */
  async *write(brief: WritingBrief, signal: AbortSignal): AsyncGenerator<AuthorPiece> {
    const prompt = promptFor(brief);
    const longest = longestText(brief) - brief.begun.length;
    for (let attempt = 1; ; attempt++) {
      const answer: Answer = { text: '', usage: {}, finishReason: null, contentType: '', isModel: false };
      try {
        yield* this.#streamAnswer(prompt, answer, { longest, signal });
        yield { usage: { ...estimateUsage(prompt, answer.text), ...answer.usage } };
        return;
      } catch (error) {
        signal.throwIfAborted();
        const mayRetry = error instanceof AuthorError && answer.text === '' && attempt < STREAM_ATTEMPTS;
        if (!mayRetry) {
          throw explainFailure(error, this.options);
        }
      }
    }
  }

  /**
   * @throws AuthorError when the answer stalls, breaks off, is empty or does not end; the SDK's errors for
   *   everything else.
   */
  async *#streamAnswer(
    { system, user, continuation }: ChatPrompt,
    answer: Answer,
    { longest, signal }: AnswerLimits,
  ): AsyncGenerator<AuthorPiece> {
    const pieces = new SoundPieces();
    const idle = new IdleTimer(this.options.idleTimeout ?? IDLE_TIMEOUT);
    const whole = new IdleTimer(this.options.answerTimeout ?? ANSWER_TIMEOUT);
    try {
      const request = this.#client.chat.completions.create(
        {
          model: this.model,
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: user },
            ...(continuation === null
              ? []
              : [
                  { role: 'assistant' as const, content: continuation.begun },
                  { role: 'user' as const, content: continuation.user },
                ]),
          ],
          stream: true,
          stream_options: { include_usage: true },
        },
        { signal: AbortSignal.any([signal, idle.signal, whole.signal]) },
      );
      const { data: stream, response } = await request.withResponse();
      answer.contentType = response.headers.get('content-type') ?? 'nothing';
      idle.restart();
      whole.restart();
      for await (const chunk of stream) {
        idle.stop();
        const { choice, usage } = v.parse(AnswerChunk, chunk);
        answer.isModel = true;
        answer.usage = { ...answer.usage, ...countedUsage(usage) };
        answer.finishReason = choice?.finish_reason ?? answer.finishReason;
        const text = pieces.next(choice?.delta?.content ?? '');
        if (answer.text.length + text.length > longest) {
          throw tooLong(`was many times as long as it was asked to be (more than ${longest} characters)`);
        }
        if (text !== '') {
          answer.text += text;
          yield { text };
        }
        idle.restart();
      }
    } finally {
      idle.stop();
      whole.stop();
    }
    signal.throwIfAborted();
    if (whole.signal.aborted) {
      throw tooLong(`did not end within ${String(whole.seconds)} s`);
    }
    const text = pieces.end();
    if (text !== '') {
      answer.text += text;
      yield { text };
    }
    this.#checkComplete(answer, idle);
  }

  #checkComplete({ contentType, finishReason, isModel, text }: Answer, idle: IdleTimer): void {
    if (idle.signal.aborted) {
      throw new AuthorError(
        `The model stopped in the middle of its answer and was silent for ${String(idle.seconds)} s. Try again; if it goes on, see whether the server at LLM_BASE_URL is overloaded.`,
        'author_interrupted',
      );
    }
    if (!isModel && !contentType.startsWith('text/event-stream')) {
      throw new AuthorError(
        `The server at LLM_BASE_URL answered with ${contentType} instead of the stream of a model. Check that LLM_BASE_URL is an OpenAI-compatible endpoint; it often ends with /v1.`,
        'author_not_a_model',
      );
    }
    if (finishReason === null) {
      throw new AuthorError(
        'The connection to the model ended in the middle of its answer. Try again; if it goes on, see the log of the server at LLM_BASE_URL.',
        'author_interrupted',
      );
    }
    if (text.trim() === '') {
      throw new AuthorError(
        `The model answered without any text (it ended with “${finishReason.slice(0, LONGEST_WORD)}”). Try again, or choose another LLM_MODEL.`,
        'author_empty',
      );
    }
  }
}

/** What is used of a piece of an answer. Endpoints may leave out whatever a piece says nothing about. */
const AnswerChunk = v.pipe(
  v.object({
    choices: v.nullish(
      v.array(
        v.object({
          delta: v.nullish(v.object({ content: v.nullish(v.string()) })),
          finish_reason: v.nullish(v.string()),
        }),
      ),
      [],
    ),
    usage: v.optional(v.unknown()),
  }),
  v.transform(({ choices, usage }) => ({ choice: choices[0], usage })),
);

const TokenCount = v.fallback(
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_TOKENS))),
  undefined,
);
const Usage = v.fallback(v.object({ prompt_tokens: TokenCount, completion_tokens: TokenCount }), {
  prompt_tokens: undefined,
  completion_tokens: undefined,
});

/** The counts of a chunk that are counts. */
function countedUsage(usage: unknown): Partial<AuthorUsage> {
  const { prompt_tokens: promptTokens, completion_tokens: completionTokens } = v.parse(Usage, usage);
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
  };
}

function estimateUsage({ system, user }: ChatPrompt, text: string): AuthorUsage {
  return {
    promptTokens: estimateTokens(system) + estimateTokens(user),
    completionTokens: estimateTokens(text),
  };
}

/** Characters that a text may have; beyond that, its model does not stop by itself. */
function longestText({ language, targetLength }: WritingBrief): number {
  const characters = targetLength * (language === 'en' ? CHARACTERS_PER_WORD : 1);
  return Math.max(ALWAYS_ALLOWED, characters * MOST_TIMES_TARGET);
}
