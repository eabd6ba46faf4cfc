import { repetition } from './repetition';
import { measured } from '../testing/measured';

describe('repetition', () => {
  it('finds none in a text that says everything once', () => {
    const text = 'The fog came in at dusk. Nobody on the quay lit a lamp, for the oil had run out.';
    expect(repetition(measured(text, 'en'))).toEqual({
      score: 1,
      value: 0,
      unit: 'ratio',
      target: [0, 0.08],
    });
  });

  it('finds a sentence that comes again and again', () => {
    const { score, value } = repetition(measured('雾来了。'.repeat(4)));
    expect(value).toBeGreaterThanOrEqual(0.75);
    expect(score).toBe(0);
  });

  it('finds a phrase that comes again inside other sentences', () => {
    const text = 'At the end of the day she left. He stayed at the end of the day too.';
    expect(repetition(measured(text, 'en')).value).toBeGreaterThan(0);
  });
});
