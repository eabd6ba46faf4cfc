import type { AuthorPiece } from '../author';
import { briefOf } from '../../testing/brief';
import { compose } from './compose';
import { OfflineAuthor } from './offline-author';

function textOf(pieces: readonly AuthorPiece[]): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : '')).join('');
}

async function write(author: OfflineAuthor, brief = briefOf()): Promise<AuthorPiece[]> {
  const pieces: AuthorPiece[] = [];
  for await (const piece of author.write(brief, new AbortController().signal)) {
    pieces.push(piece);
  }
  return pieces;
}

describe('OfflineAuthor', () => {
  const fast = new OfflineAuthor({ charactersPerSecond: 1_000_000 });

  it('streams the text it composes, and then its usage', async () => {
    const pieces = await write(fast);
    expect(textOf(pieces)).toBe(compose(briefOf()));
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.at(-1)).toEqual({
      usage: { calls: 1, promptTokens: 0, completionTokens: jasmine.any(Number) },
    });
  });

  it('goes on within the text it gave before', async () => {
    const text = compose(briefOf());
    const begun = text.slice(0, 100);

    expect(fast.canContinue(briefOf(), begun)).toBeTrue();
    expect(begun + textOf(await write(fast, briefOf({ begun })))).toBe(text);
  });

  it('does not go on from what it would write otherwise by now', () => {
    const begun = compose(briefOf()).slice(0, 400);

    expect(fast.canContinue(briefOf({ attempt: 1 }), begun)).toBeFalse();
  });

  it('is not disturbed by sessions that are written at the same time', async () => {
    const briefs = [1, 2, 3, 4].map((seed) => briefOf({ seed, language: seed % 2 === 0 ? 'en' : 'zh' }));
    const texts = await Promise.all(briefs.map(async (brief) => textOf(await write(fast, brief))));
    expect(texts).toEqual(briefs.map((brief) => compose(brief)));
  });

  it('S6: stops at once with the reason when it is interrupted between two pieces', async () => {
    const controller = new AbortController();
    const slow = new OfflineAuthor({ charactersPerSecond: 0.001 });
    const reason = new Error('paused by a person');
    const first = slow.write(briefOf(), controller.signal).next();
    controller.abort(reason);
    await expectAsync(first).toBeRejectedWith(reason);
  });
});
