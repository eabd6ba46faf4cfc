import {
  type Author,
  AuthorError,
  type AuthorPiece,
  type AuthorUsage,
  type WritingBrief,
} from '../authors/author';
import { Arrivals } from './arrivals';

type Step = { readonly piece: AuthorPiece } | { readonly failure: Error } | { readonly end: true };

/** One call of a scripted author: the test says what comes of it, and when. */
export class ScriptedCall {
  readonly #steps = new Arrivals<Step>();
  #usage: AuthorUsage = { calls: 1, promptTokens: 10, completionTokens: 20 };

  constructor(
    readonly brief: WritingBrief,
    readonly signal: AbortSignal,
  ) {}

  write(...texts: string[]): this {
    texts.forEach((text) => {
      this.#steps.add({ piece: { text } });
    });
    return this;
  }

  /** What it will say that it cost. */
  cost(usage: AuthorUsage): this {
    this.#usage = usage;
    return this;
  }

  /** Writes what is given, then ends as an author does: with what it cost. */
  finish(...texts: string[]): void {
    this.write(...texts);
    this.#steps.add({ piece: { usage: this.#usage } });
    this.#steps.add({ end: true });
  }

  fail(failure: Error = new AuthorError('The model is not there.')): void {
    this.#steps.add({ failure });
  }

  async *pieces(): AsyncGenerator<AuthorPiece, void> {
    for (;;) {
      const step = await this.#steps.take();
      if ('failure' in step) {
        throw step.failure;
      }
      if ('end' in step) {
        return;
      }
      yield step.piece;
    }
  }
}

/**
 * An author that writes what a test tells it to, piece by piece, and ignores its signal like the worst of
 * authors.
 */
export class ScriptedAuthor implements Author {
  readonly provider = 'scripted';
  readonly model = 'script-1';
  readonly #calls = new Arrivals<ScriptedCall>();

  /** Whether it goes on where an attempt was cut off. */
  canGoOn = false;

  canContinue(): boolean {
    return this.canGoOn;
  }

  write(brief: WritingBrief, signal: AbortSignal): AsyncIterable<AuthorPiece> {
    const call = new ScriptedCall(brief, signal);
    this.#calls.add(call);
    return call.pieces();
  }

  /** The next call that no test has taken yet, once it is made. */
  nextCall(): Promise<ScriptedCall> {
    return this.#calls.take();
  }

  /** Finishes the next calls, one for each text. Their briefs. */
  async finishCalls(...texts: string[]): Promise<WritingBrief[]> {
    const briefs: WritingBrief[] = [];
    for (const text of texts) {
      const call = await this.nextCall();
      call.finish(text);
      briefs.push(call.brief);
    }
    return briefs;
  }
}
