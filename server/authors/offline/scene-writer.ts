import type { WritingLanguage } from '@creative-autogpt/protocol';
import type { ChapterPlan } from './chapter-plan';
import type { Deck } from './deck';
import { Phrasebook } from './phrasebook';
import { noticeableClauses } from './prose';
import type { SeededRandom } from './random';
import type { StoryBible } from './story-bible';
import type { Scene } from './story-content';

/** Scenes looked at before one is taken that says something again. */
const SEARCH = 8;

/** Writes the scenes of one chapter and remembers what it has said. */
export class SceneWriter {
  readonly #phrasebook;
  readonly #said = new Set<string>();

  constructor(
    bible: StoryBible,
    plan: ChapterPlan,
    private readonly language: WritingLanguage,
    random: SeededRandom,
  ) {
    this.#phrasebook = new Phrasebook(
      {
        ...bible.language.lexicon,
        ...bible.phrases,
        place: plan.place.name,
        detail: plan.place.details,
        prevPlace: plan.previousPlace.name,
        nextPlace: plan.nextPlace.name,
        trace: plan.trace.first,
        thatTrace: plan.trace.then,
        kept: plan.kept,
        sign: plan.weather.signs,
        opening: plan.day.opening,
        last: plan.day.last,
      },
      random,
    );
  }

  /** The paragraphs of a scene. */
  write(scene: Scene): string[] {
    const paragraphs = scene.map((paragraph) => this.#phrasebook.expand(paragraph));
    this.remember(paragraphs);
    return paragraphs;
  }

  /** The next scene of the deck that repeats nothing, or the last one looked at. */
  writeFresh(deck: Deck<Scene>): string[] {
    let paragraphs: string[] = [];
    for (let looked = 0; looked < Math.min(SEARCH, deck.size); looked++) {
      paragraphs = deck.deal().map((paragraph) => this.#phrasebook.expand(paragraph));
      if (!paragraphs.some((paragraph) => this.repeats(paragraph))) {
        break;
      }
    }
    this.remember(paragraphs);
    return paragraphs;
  }

  /** Whether a text says something again that this chapter has said. */
  repeats(text: string): boolean {
    return noticeableClauses(text, this.language).some((clause) => this.#said.has(clause));
  }

  /** Takes note of paragraphs that are part of the chapter. */
  remember(paragraphs: readonly string[]): void {
    for (const paragraph of paragraphs) {
      for (const clause of noticeableClauses(paragraph, this.language)) {
        this.#said.add(clause);
      }
    }
  }

  /** A single phrase, whether it repeats something or not. */
  phrase(phrase: string): string {
    return this.#phrasebook.expand(phrase);
  }
}
