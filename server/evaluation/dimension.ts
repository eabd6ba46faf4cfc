import type { DimensionScore, WritingLanguage } from '@creative-autogpt/protocol';

/** A text taken apart once, for every dimension to measure. */
export interface MeasuredText {
  readonly language: WritingLanguage;
  /** Its lines without Markdown marks. */
  readonly lines: readonly string[];
  readonly sentences: readonly string[];
  /** Its words in lower case, without punctuation. */
  readonly words: readonly string[];
  /** Length asked for: characters for Chinese, words for English. */
  readonly targetLength: number;
}

/** Measures one quality of a text and scores it. */
export type Dimension = (text: MeasuredText) => DimensionScore;
