import { typed, UNWATCHED_PACE } from './pace';
import type { Pause } from './pause';
import { SeededRandom } from './random';

const TEXT = '雾把声音也泡软了，近处的话听着像在远处说。'.repeat(50);

/** Lets time pass at once and writes down how much of it. */
class RecordedPauses {
  readonly waits: number[] = [];

  readonly pause: Pause = (milliseconds, signal) => {
    this.waits.push(milliseconds);
    return signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve();
  };

  get total(): number {
    return this.waits.reduce((sum, wait) => sum + wait, 0);
  }
}

async function collect(
  charactersPerSecond: number,
  options: { text?: string; language?: 'zh' | 'en'; signal?: AbortSignal } = {},
): Promise<{ pieces: string[]; pauses: RecordedPauses }> {
  const { language = 'zh', signal = new AbortController().signal, text = TEXT } = options;
  const pauses = new RecordedPauses();
  const pacing = { language, charactersPerSecond, pause: pauses.pause, random: new SeededRandom(1) };
  const pieces: string[] = [];
  for await (const piece of typed(text, pacing, signal)) {
    pieces.push(piece);
  }
  return { pieces, pauses };
}

describe('typed', () => {
  it('gives out the whole text', async () => {
    for (const pace of [10, 1000, UNWATCHED_PACE]) {
      expect((await collect(pace)).pieces.join('')).toBe(TEXT);
    }
  });

  it('takes as long as the pace says', async () => {
    const { pauses } = await collect(40);
    expect(pauses.total).toBeCloseTo((TEXT.length / 40) * 1000, 3);
  });

  it('gives out two to six Chinese characters at a time', async () => {
    const { pieces } = await collect(40);
    for (const piece of pieces.slice(0, -1)) {
      expect(piece.length).toBeGreaterThanOrEqual(2);
      expect(piece.length).toBeLessThanOrEqual(6);
    }
  });

  it('gives out English word by word', async () => {
    const { pieces } = await collect(40, { text: 'The fog came in.', language: 'en' });
    expect(pieces).toEqual(['The ', 'fog ', 'came ', 'in.']);
  });

  it('never splits a character outside of the basic plane', async () => {
    const { pieces } = await collect(40, { text: '𠮷野家🙂'.repeat(30) });
    for (const piece of pieces) {
      expect(piece).not.toMatch(/\p{Surrogate}/u);
    }
  });

  it('waits at most some 30 times a second, however fast it writes', async () => {
    const { pauses } = await collect(20_000);
    expect(Math.min(...pauses.waits.slice(0, -1))).toBeGreaterThanOrEqual(33);
  });

  it('hardly waits at an unwatched pace, but lets other work go first', async () => {
    const text = TEXT.repeat(10);
    const { pauses } = await collect(UNWATCHED_PACE, { text });
    expect(pauses.total).toBe(0);
    expect(pauses.waits.length).toBeGreaterThan(0);
    expect(pauses.waits.length).toBeLessThan(text.length / 1000);
  });

  it('throws the reason of a signal that has aborted', async () => {
    const reason = new Error('paused by a person');
    await expectAsync(collect(40, { signal: AbortSignal.abort(reason) })).toBeRejectedWith(reason);
  });
});
