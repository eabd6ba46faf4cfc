import { aTask } from '../../testing/samples';
import { openTask } from './open-task';

describe('openTask', () => {
  const done = aTask('done', { status: 'completed' });
  const later = aTask('later', { status: 'completed' });
  const running = aTask('running', { status: 'running' });
  const failed = aTask('failed', { status: 'failed' });
  const waiting = aTask('waiting', { status: 'pending_approval' });
  const pending = aTask('pending');

  it('is the one chosen', () => {
    expect(openTask([done, running], 'done')).toBe(done);
  });

  it('is the one being written when none is chosen', () => {
    expect(openTask([done, running, pending], undefined)).toBe(running);
  });

  it('is the one that waits for approval when none is written', () => {
    expect(openTask([done, waiting, failed], undefined)).toBe(waiting);
  });

  it('stays the one that is seen while none is written', () => {
    expect(openTask([done, failed, later], undefined, 'done')).toBe(done);
  });

  it('is the one that is seen no longer when another one is written', () => {
    expect(openTask([done, running], undefined, 'done')).toBe(running);
  });

  it('is the one that failed when none is written', () => {
    expect(openTask([done, failed, pending], undefined)).toBe(failed);
  });

  it('is the newest text of the first chapter of a finished work', () => {
    const ofChapter = (id: string, chapter: number | null) =>
      aTask(id, { status: 'completed', chapter_index: chapter });
    const revision = ofChapter('revision', 1);

    expect(
      openTask(
        [done, ofChapter('draft', 1), revision, ofChapter('two', 2), ofChapter('end', null)],
        undefined,
      ),
    ).toBe(revision);
  });

  it('is the last one of a finished work without chapters', () => {
    expect(openTask([done, later], undefined)).toBe(later);
  });

  it('is the last one finished otherwise', () => {
    expect(openTask([done, later, pending], undefined)).toBe(later);
  });

  it('is the first of a plan that has not begun', () => {
    expect(openTask([pending, aTask('next')], undefined)).toBe(pending);
  });

  it('is none without a plan', () => {
    expect(openTask([], 'done')).toBeUndefined();
  });
});
