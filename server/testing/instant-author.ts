import type { Author, AuthorPiece, WritingBrief } from '../authors/author';

/** An author that never waits. */
export class InstantAuthor implements Author {
  readonly provider = 'instant';
  readonly model = 'instant-1';

  constructor(private readonly textFor: (brief: WritingBrief) => string) {}

  canContinue(): boolean {
    return false;
  }

  async *write(brief: WritingBrief): AsyncGenerator<AuthorPiece, void> {
    for (const text of this.textFor(brief).match(/[^]{1,40}/gu) ?? []) {
      yield await Promise.resolve({ text });
    }
    yield { usage: { calls: 1, promptTokens: 10, completionTokens: 20 } };
  }
}
