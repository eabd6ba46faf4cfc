import type { TaskText } from '@creative-autogpt/protocol';
import { Writing } from './writing';

describe('Writing', () => {
  let chunks: TaskText[];
  let writing: Writing;
  const texts = (): string[] => chunks.map(({ text }) => text);

  beforeEach(() => {
    jasmine.clock().install();
    chunks = [];
    writing = new Writing('task-1', (chunk) => chunks.push(chunk));
  });

  afterEach(() => {
    jasmine.clock().uninstall();
  });

  it('emits a piece that comes after a silence at once', () => {
    writing.append('It');

    expect(chunks).toEqual([{ task_id: 'task-1', index: 0, text: 'It' }]);
  });

  it('folds pieces that come close together into one chunk', () => {
    ['It', ' was', ' a', ' night.'].forEach((piece) => {
      writing.append(piece);
    });
    jasmine.clock().tick(50);

    expect(texts()).toEqual(['It', ' was a night.']);
  });

  it('emits at once again after a silence', () => {
    writing.append('one');
    jasmine.clock().tick(50);
    writing.append('two');

    expect(texts()).toEqual(['one', 'two']);
  });

  it('says of the text what was emitted, and no more', () => {
    writing.append('one');
    writing.append('two');

    expect(writing.soFar).toEqual({ task_id: 'task-1', index: 1, text: 'one' });
  });

  it('emits what is held when it is finished', () => {
    writing.append('one');
    writing.append('two');
    writing.finish();
    jasmine.clock().tick(1000);

    expect(texts()).toEqual(['one', 'two']);
  });

  it('emits nothing more once it is abandoned', () => {
    writing.append('one');
    writing.append('two');
    writing.abandon();
    jasmine.clock().tick(1000);

    expect(texts()).toEqual(['one']);
  });
});
