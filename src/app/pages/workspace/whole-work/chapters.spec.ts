import { aTask } from '../../../testing/samples';
import { finishedChapters } from './chapters';

describe('finishedChapters', () => {
  const chapter = (id: string, index: number | null, result: string | null) =>
    aTask(id, { chapter_index: index, result, status: result === null ? 'running' : 'completed' });

  it('takes each chapter as it was revised', () => {
    expect(finishedChapters([chapter('draft', 1, 'First.'), chapter('revision', 1, 'Better.')])).toEqual([
      { index: 1, text: 'Better.' },
    ]);
  });

  it('takes a chapter as drafted while it is revised', () => {
    expect(finishedChapters([chapter('draft', 1, 'First.'), chapter('revision', 1, null)])).toEqual([
      { index: 1, text: 'First.' },
    ]);
  });

  it('has the kept text of a damaged task', () => {
    const damaged = { ...chapter('draft', 1, 'First.'), status: 'failed', damaged: true } as const;

    expect(finishedChapters([damaged])).toEqual([{ index: 1, text: 'First.' }]);
  });

  it('leaves out what is about the whole work', () => {
    expect(finishedChapters([chapter('outline', null, 'A plan.')])).toEqual([]);
  });

  it('puts the chapters in order', () => {
    const chapters = finishedChapters([chapter('b', 2, 'Two.'), chapter('a', 1, 'One.')]);

    expect(chapters.map(({ index }) => index)).toEqual([1, 2]);
  });
});
