import {
  type FailureCode,
  type SessionGoal,
  soundText,
  type TaskType,
  type Waiting,
  type WritingLanguage,
} from '@creative-autogpt/protocol';

/** A finished text of the same session, given to the author as context. */
export interface EarlierText {
  readonly taskType: TaskType;
  /** Chapter number from 1, null for a text about the whole work. */
  readonly chapterIndex: number | null;
  readonly title: string;
  readonly text: string;
}

/** What one task asks of its author. */
export interface WritingBrief {
  readonly taskType: TaskType;
  /** Title of the work. */
  readonly workTitle: string;
  readonly language: WritingLanguage;
  readonly goal: SessionGoal;
  /** Chapter number from 1, null for a text about the whole work. */
  readonly chapterIndex: number | null;
  readonly chapterCount: number;
  /** Length aimed at: characters for Chinese, words for English. */
  readonly targetLength: number;
  /** Finished texts of the session, in the order of its plan. */
  readonly earlier: readonly EarlierText[];
  /** Decides the text of a deterministic author: the same brief and seed give the same text. */
  readonly seed: number;
  /** Which attempt at this task this is, from 0. A deterministic author varies its text with it. */
  readonly attempt: number;
  /**
   * What people have told the author about this text, oldest first. A deterministic author varies its text
   * with it.
   */
  readonly feedback: readonly string[];
  /**
   * What of the text is written already: the author gives what follows it. Empty for a text that is begun.
   */
  readonly begun: string;
}

/** What a text cost. */
export interface AuthorUsage {
  /** Requests that were answered. */
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What an author gives while it writes. */
export type AuthorPiece =
  /** The next piece of the text. */
  | { readonly text: string }
  /** All pieces so far were not of the text: it begins now. */
  | { readonly anew: true }
  /** What the author waits for; null once it goes on. */
  | { readonly waiting: Waiting | null }
  /** At the end: what it cost. */
  | { readonly usage: AuthorUsage };

/** Writes the text of one task. */
export interface Author {
  /** `offline` or `openai`. */
  readonly provider: string;
  readonly model: string;

  /** Whether the author can write on from this beginning, which it gave for the same task before. */
  canContinue(brief: WritingBrief, beginning: string): boolean;

  /**
   * Streams the text in pieces, without what is begun already.
   *
   * @throws AuthorError when no text can be had, after the author's own retries.
   * @throws the signal's reason once the signal aborts.
   */
  write(brief: WritingBrief, signal: AbortSignal): AsyncIterable<AuthorPiece>;
}

/** Reasons that are the same at the next attempt, however often it is made. */
const HOPELESS: ReadonlySet<FailureCode> = new Set([
  'author_unauthorized',
  'author_unpaid',
  'author_forbidden',
  'author_not_found',
  'author_refused',
  'author_not_a_model',
  'author_withheld',
  'author_out_of_context',
]);

/** The author could not write; the message says why and what a person can do. */
export class AuthorError extends Error {
  override readonly name = 'AuthorError';

  /** What the author spent until then. */
  usage: AuthorUsage = { calls: 1, promptTokens: 0, completionTokens: 0 };

  /** @param code what pages know the reason by; the message is in English, for whoever runs the server */
  constructor(
    message: string,
    readonly code: FailureCode = 'author_failed',
  ) {
    // It may repeat what an endpoint said.
    super(soundText(message));
  }

  /** Whether another attempt may go better. */
  get mayTryAgain(): boolean {
    return !HOPELESS.has(this.code);
  }
}
