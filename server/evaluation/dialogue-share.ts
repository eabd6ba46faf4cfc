import type { Dimension } from './dimension';
import { rangeScore } from './range-score';

/** A scene lives between narration and speech; outside of this it reads as a report or as a transcript. */
const LEAST_SPEECH = 0.08;
const MOST_SPEECH = 0.6;

/** Quoted speech within one line, in the quotation marks of Chinese and English. */
const SPEECH = /“[^”]*”|「[^」]*」|『[^』]*』|"[^"]*"/gu;

/** Share of the text that is spoken: characters between quotation marks among all. */
export const dialogueShare: Dimension = ({ lines }) => {
  let spoken = 0;
  let total = 0;
  for (const line of lines) {
    total += line.length;
    for (const [speech] of line.matchAll(SPEECH)) {
      spoken += speech.length;
    }
  }
  const value = total === 0 ? 0 : spoken / total;
  return {
    score: rangeScore(value, { from: LEAST_SPEECH, to: MOST_SPEECH, worstBelow: 0, worstAbove: 1 }),
    value,
    unit: 'ratio',
    target: [LEAST_SPEECH, MOST_SPEECH],
  };
};
