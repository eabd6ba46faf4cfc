import {
  type FailureCode,
  type SessionGoal,
  soundText,
  type TaskType,
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

/** Tokens one call cost. */
export interface AuthorUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** A piece of the text as it is written, or at the end what it cost. */
export type AuthorPiece = { readonly text: string } | { readonly usage: AuthorUsage };

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

/** The author could not write; the message says why and what a person can do. */
export class AuthorError extends Error {
  override readonly name = 'AuthorError';

  /** @param code what pages know the reason by; the message is in English, for whoever runs the server */
  constructor(
    message: string,
    readonly code: FailureCode = 'author_failed',
  ) {
    // It may repeat what an endpoint said.
    super(soundText(message));
  }
}
