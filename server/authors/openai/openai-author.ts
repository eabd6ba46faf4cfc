import { setTimeout as pause } from 'node:timers/promises';
import OpenAI from 'openai';
import type { Endpoint } from '../../config/language-model';
import { type Author, AuthorError, type AuthorPiece, type WritingBrief } from '../author';
import { type Ending, endingOf } from './answer/endings';
import { readAnswer } from './answer/read-answer';
import { type AnswerBounds, tooLong } from './bounded-answer';
import { ask } from './ask';
import { ChatRequests } from './chat-request';
import { Deadline } from './deadline';
import { explainFailure, refusalOf } from './explain-failure';
import { askedWait, Patience, type PatienceOptions } from './patience';
import { ReceivedAnswer } from './received-answer';
import { Silence } from './silence';
import { TextInProgress } from './text-in-progress';
import { estimatedUsage } from './usage';

/** Time (ms) until the first word of an answer: models are loaded, and prompts read, in minutes. */
const FIRST_BYTE_TIMEOUT = 600_000;

/** Time (ms) a begun answer may stand still. */
const IDLE_TIMEOUT = 120_000;

/** Time (ms) a whole answer may take, however lively it is. */
const ANSWER_TIMEOUT = 3_600_000;

/** Time (ms) without a word after which people are told that an answer is awaited. */
const TOLD_AFTER = 10_000;

/** What local servers that check no key are sent, because the SDK needs one. */
const NO_KEY = 'none';

export interface OpenAiAuthorOptions extends Endpoint, AnswerBounds {
  /** Time (ms) a whole answer may take. @default 3600000 */
  readonly answerTimeout?: number;
  /** Time (ms) without a word after which people are told that an answer is awaited. @default 10000 */
  readonly toldAfter?: number;
  /** How it waits for an endpoint that is busy, loading or away. */
  readonly patience?: PatienceOptions;
}

/** Writes with any model behind an OpenAI-compatible Chat Completions endpoint. */
export class OpenAiAuthor implements Author {
  readonly provider = 'openai';
  readonly model: string;
  readonly #client: OpenAI;
  readonly #requests: ChatRequests;
  /** Whether the model has begun with thinking that had no mark. */
  #beginsUnmarked = false;

  constructor(private readonly options: OpenAiAuthorOptions) {
    this.model = options.model;
    this.#requests = new ChatRequests(options);
    this.#client = new OpenAI({
      baseURL: options.baseUrl,
      defaultQuery: options.query,
      apiKey: options.apiKey ?? NO_KEY,
      // Not from the SDK's own environment variables: only this project's settings count.
      adminAPIKey: null,
      organization: null,
      project: null,
      // The author repeats requests and ends them by itself, and tells people what it waits for.
      maxRetries: 0,
      timeout: ANSWER_TIMEOUT * 2,
      fetch: (input, init = {}) => ask(input instanceof Request ? input.url : input, init, options),
      // The SDK's log could show headers, and with them the key.
      logLevel: 'off',
    });
  }

  /** A model is shown what it has written, and asked for the rest. */
  canContinue(): boolean {
    return true;
  }

  /**
   * Streams the text without what is not of it. An answer that is cut off or breaks off is gone on with, and an
   * endpoint that may be well again soon is waited for. Where it does not report its usage, the usage is an
   * estimate from the texts.
   */
  async *write(brief: WritingBrief, signal: AbortSignal): AsyncGenerator<AuthorPiece> {
    const writing = new TextInProgress(brief);
    const patience = new Patience(this.options.patience);
    while (!writing.isFinished) {
      signal.throwIfAborted();
      try {
        yield* this.#answer(writing, signal);
      } catch (error) {
        signal.throwIfAborted();
        const refusal = refusalOf(error);
        if (refusal !== undefined && this.#requests.learnFrom(refusal)) {
          continue;
        }
        const failure = explainFailure(error, this.options);
        failure.usage = writing.usage;
        if (writing.hasProgress) {
          patience.restore();
        }
        const wait = writing.mayGoOn ? patience.waitAfter(failure, askedWait(refusal?.headers)) : undefined;
        if (wait === undefined) {
          throw failure;
        }
        yield { waiting: { reason: wait.reason, until: new Date(Date.now() + wait.ms).toISOString() } };
        await pause(wait.ms, undefined, { signal }).catch(() => {
          signal.throwIfAborted();
        });
        yield { waiting: null };
      }
    }
    yield { usage: writing.usage };
  }

  /**
   * Asks once for what the text lacks, and gives what comes of it.
   *
   * @throws AuthorError, or what the SDK throws, where the next answer has to be waited for
   */
  async *#answer(writing: TextInProgress, signal: AbortSignal): AsyncGenerator<AuthorPiece> {
    const { rest } = writing;
    const request = this.#requests.for(rest);
    const answer = new ReceivedAnswer(rest.begun, this.#beginsUnmarked);
    writing.beginAnswer();
    let end: { readonly isComplete: boolean } | { readonly failure: unknown };
    try {
      end = { isComplete: yield* this.#receive(request, answer, writing, signal) };
    } catch (error) {
      signal.throwIfAborted();
      end = { failure: error };
    }
    this.#beginsUnmarked ||= answer.isUnmarked;
    const isBrokenOff = 'failure' in end || (answer.finishReason === '' && !end.isComplete);
    const ending = endingOf(answer.finishReason);
    yield* give(writing, answer.end(!isBrokenOff && ending === 'finished'));
    if (answer.hasBegun) {
      writing.endAnswer({ ...estimatedUsage(request, answer.received), ...answer.usage });
    }
    if ('failure' in end) {
      throw end.failure;
    }
    if (isBrokenOff) {
      throw brokenOff();
    }
    this.#judge(ending, answer.finishReason, writing);
  }

  /** Streams an answer. @returns whether the endpoint said that it is complete */
  async *#receive(
    request: OpenAI.ChatCompletionCreateParamsStreaming,
    answer: ReceivedAnswer,
    writing: TextInProgress,
    signal: AbortSignal,
  ): AsyncGenerator<AuthorPiece, boolean> {
    const { options } = this;
    const first = new Deadline(options.firstByteTimeout ?? FIRST_BYTE_TIMEOUT, noWord);
    const idle = new Deadline(options.idleTimeout ?? IDLE_TIMEOUT, silent);
    const whole = new Deadline(options.answerTimeout ?? ANSWER_TIMEOUT, endless);
    const deadlines = [first, idle, whole];
    const closing = new AbortController();
    const ended = AbortSignal.any([signal, closing.signal, ...deadlines.map((deadline) => deadline.signal)]);
    const silence = new Silence(options.toldAfter ?? TOLD_AFTER);
    try {
      first.restart();
      whole.restart();
      const responding = this.#client.chat.completions.create(request, { signal: ended }).asResponse();
      const pieces = readAnswer(yield* silence.during(responding));
      for (;;) {
        const piece = yield* silence.during(pieces.next());
        ended.throwIfAborted();
        if (piece.done === true) {
          return piece.value;
        }
        const { text, isAnew } = answer.take(piece.value);
        if (answer.hasWords) {
          yield* silence.end();
          first.stop();
          idle.restart();
        }
        if (isAnew) {
          yield { anew: true };
          yield { text: writing.restartAnswer() };
        }
        yield* give(writing, text);
      }
    } catch (error) {
      signal.throwIfAborted();
      throw ended.aborted ? ended.reason : error;
    } finally {
      deadlines.forEach((deadline) => {
        deadline.stop();
      });
      // Closes the connection, also where nobody reads the rest of the answer.
      closing.abort();
    }
  }

  /** Decides what becomes of the text after an answer that has come to an end. @throws AuthorError */
  #judge(ending: Ending, finishReason: string, writing: TextInProgress): void {
    switch (ending) {
      case 'finished':
        if (writing.text.trim() === '') {
          throw new AuthorError(
            `The model answered without any text (it ended with “${finishReason}”). Try again, or choose another LLM_MODEL.`,
            'author_empty',
          );
        }
        writing.isFinished = true;
        return;
      case 'cut off':
        if (!writing.mayGoOn) {
          throw new AuthorError(
            `The model was cut off again and again (“${finishReason}”) before it had written anything. Raise its limit of tokens at the server, or choose another LLM_MODEL.`,
            'author_cut_off',
          );
        }
        return;
      case 'out of context':
        if (!this.#requests.shorten() || !writing.mayGoOn) {
          throw new AuthorError(
            `The model “${this.model}” takes in less than this text needs (“${finishReason}”). Choose another LLM_MODEL, or one with a larger context.`,
            'author_out_of_context',
          );
        }
        return;
      case 'withheld':
        throw new AuthorError(
          `The endpoint withheld the rest of the text (“${finishReason}”). Change what the session asks for, or choose another LLM_MODEL.`,
          'author_withheld',
        );
      case 'failed':
        throw new AuthorError(
          `The endpoint failed in the middle of its answer (“${finishReason}”). Try again; if it goes on, see the log of the server at LLM_BASE_URL.`,
          'author_interrupted',
        );
    }
  }
}

function noWord(seconds: number): AuthorError {
  return new AuthorError(
    `The model gave no word within ${seconds} s. Check that the server at LLM_BASE_URL is not overloaded, or raise LLM_FIRST_BYTE_TIMEOUT.`,
    'author_timeout',
  );
}

function silent(seconds: number): AuthorError {
  return new AuthorError(
    `The model stopped in the middle of its answer and was silent for ${seconds} s. Try again; if it goes on, see whether the server at LLM_BASE_URL is overloaded.`,
    'author_interrupted',
  );
}

function endless(seconds: number): AuthorError {
  return tooLong(`did not end within ${seconds} s`);
}

function brokenOff(): AuthorError {
  return new AuthorError(
    'The connection to the model ended in the middle of its answer. Try again; if it goes on, see the log of the server at LLM_BASE_URL.',
    'author_interrupted',
  );
}

/** @throws AuthorError `author_too_long` */
function* give(writing: TextInProgress, text: string): Generator<AuthorPiece> {
  if (text === '') {
    return;
  }
  writing.add(text);
  if (writing.isTooLong) {
    throw tooLong(`was many times as long as it was asked to be (more than ${writing.longest} characters)`);
  }
  yield { text };
}
