import type { Dimension } from './dimension';
import { rangeScore } from './range-score';

/** A scene lives between narration and speech; outside of this it reads as a report or as a transcript. */
const LEAST_SPEECH = 0.08;
const MOST_SPEECH = 0.6;

/** Quotation marks of Chinese and English: what closes a speech, by what opens it. */
const CLOSING_MARKS: ReadonlyMap<string, string> = new Map([
  ['“', '”'],
  ['「', '」'],
  ['『', '』'],
  ['"', '"'],
]);

/**
 * Characters of a line from each quotation mark to the one that closes it; what is never closed is no speech.
 */
function spokenIn(line: string): number {
  let spoken = 0;
  let start = 0;
  let closing: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (closing === undefined) {
      closing = CLOSING_MARKS.get(character);
      start = at;
    } else if (character === closing) {
      spoken += at + 1 - start;
      closing = undefined;
    }
  }
  return spoken;
}

/** Share of the text that is spoken: characters between quotation marks among all. */
export const dialogueShare: Dimension = ({ lines }) => {
  let spoken = 0;
  let total = 0;
  for (const line of lines) {
    total += line.length;
    spoken += spokenIn(line);
  }
  const value = total === 0 ? 0 : spoken / total;
  return {
    score: rangeScore(value, { from: LEAST_SPEECH, to: MOST_SPEECH, worstBelow: 0, worstAbove: 1 }),
    value,
    unit: 'ratio',
    target: [LEAST_SPEECH, MOST_SPEECH],
  };
};
