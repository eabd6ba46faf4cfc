import { WritingLanguage } from '@creative-autogpt/protocol';
import type { Author, AuthorPiece, WritingBrief } from '../author';
import { estimateTokens } from '../estimate-tokens';
import { compose } from './compose';
import { typed } from './pace';
import { pause, type Pause } from './pause';
import { SeededRandom } from './random';
import { storyLanguage } from './story-language';

export interface OfflineAuthorOptions {
  /** Pace in characters per second. */
  readonly charactersPerSecond: number;
  /** How it waits between pieces. @default real time */
  readonly pause?: Pause;
}

/**
 * Writes fiction from grammars, without a network or a model. The same brief and seed give the same text on
 * every machine; all texts of a session share its cast, its places and its plot.
 */
export class OfflineAuthor implements Author {
  readonly provider = 'offline';
  readonly model = 'grammar-1';

  /** @throws StartupError when a content file is wrong. */
  constructor(private readonly options: OfflineAuthorOptions) {
    // A mistake in a language that nobody writes in yet is to stop the start, and not the first work in it.
    WritingLanguage.options.forEach(storyLanguage);
  }

  /** It writes the same text again, so it can go on within it, unless something it depends on has changed. */
  canContinue(brief: WritingBrief, beginning: string): boolean {
    return compose(brief).startsWith(beginning);
  }

  /** Nothing is prompted, so the usage counts the text alone; its tokens are an estimate. */
  async *write(brief: WritingBrief, signal: AbortSignal): AsyncGenerator<AuthorPiece> {
    signal.throwIfAborted();
    const text = compose(brief).slice(brief.begun.length);
    const pacing = {
      language: brief.language,
      charactersPerSecond: this.options.charactersPerSecond,
      pause: this.options.pause ?? pause,
      random: new SeededRandom(brief.seed, 'pace'),
    };
    for await (const piece of typed(text, pacing, signal)) {
      yield { text: piece };
    }
    yield { usage: { calls: 1, promptTokens: 0, completionTokens: estimateTokens(text) } };
  }
}
