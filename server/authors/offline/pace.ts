import type { WritingLanguage } from '@creative-autogpt/protocol';
import type { Pause } from './pause';
import type { SeededRandom } from './random';

/**
 * From this pace on, in characters per second, nobody watches: the text is given out as fast as it is taken.
 */
export const UNWATCHED_PACE = 100_000;

/** Waits shorter than this are folded together: more than some 30 a second cost timers and show nothing. */
const SHORTEST_WAIT = 34;

/** At an unwatched pace, characters per piece, and pieces after which other work may go first. */
const UNWATCHED_PIECE = 200;
const PIECES_PER_TURN = 20;

/** Characters of Chinese that appear at once. */
const FEWEST_CHARACTERS = 2;
const MOST_CHARACTERS = 6;

const WORD = /\S*\s*/gu;

function* smallPieces(text: string, language: WritingLanguage, random: SeededRandom): Generator<string> {
  if (language === 'en') {
    for (const [word] of text.matchAll(WORD)) {
      if (word !== '') {
        yield word;
      }
    }
    return;
  }
  const characters = Array.from(text);
  for (let start = 0, end; start < characters.length; start = end) {
    end = start + random.integer(FEWEST_CHARACTERS, MOST_CHARACTERS);
    yield characters.slice(start, end).join('');
  }
}

function* foldedPieces(pieces: Iterable<string>, shortest: number): Generator<string> {
  let folded = '';
  for (const piece of pieces) {
    folded += piece;
    if (folded.length >= shortest) {
      yield folded;
      folded = '';
    }
  }
  if (folded !== '') {
    yield folded;
  }
}

/** How a text is given out. */
export interface Pacing {
  readonly language: WritingLanguage;
  readonly charactersPerSecond: number;
  readonly pause: Pause;
  /** Decides how large the pieces are. */
  readonly random: SeededRandom;
}

/**
 * Gives a text out as if it were being typed: piece by piece, each after the time it takes to write it.
 *
 * @throws the signal's reason once the signal aborts.
 */
export async function* typed(text: string, pacing: Pacing, signal: AbortSignal): AsyncGenerator<string> {
  const { charactersPerSecond, language, pause, random } = pacing;
  const isWatched = charactersPerSecond < UNWATCHED_PACE;
  const shortest = isWatched ? (charactersPerSecond * SHORTEST_WAIT) / 1000 : UNWATCHED_PIECE;
  let given = 0;
  for (const piece of foldedPieces(smallPieces(text, language, random), shortest)) {
    signal.throwIfAborted();
    if (isWatched) {
      await pause((piece.length / charactersPerSecond) * 1000, signal);
    } else if (given++ % PIECES_PER_TURN === 0) {
      await pause(0, signal);
    }
    yield piece;
  }
  signal.throwIfAborted();
}
