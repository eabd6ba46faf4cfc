import { LocalWritingBoard } from './local-writing-board';
import type { NumberedChunk, WritingPlace } from '../../ports/writing-board';

const OLD: WritingPlace = { owner: 'ada', sessionId: 'session-1', run: 1 };
const NEW: WritingPlace = { ...OLD, run: 2 };

describe('LocalWritingBoard', () => {
  let board: LocalWritingBoard;
  let heard: NumberedChunk[];
  beforeEach(() => {
    jasmine.clock().install();
    board = new LocalWritingBoard();
    heard = [];
    board.chunksOf('ada').subscribe((chunk) => heard.push(chunk));
  });
  afterEach(() => {
    board.clear({ ...NEW, run: Infinity });
    jasmine.clock().uninstall();
  });

  const textOf = async (): Promise<string | undefined> => (await board.textOf('ada', 'session-1')).text?.text;

  it('S5: has the text of all chunks that it emitted, and the number of the last', async () => {
    const writing = board.open(OLD, 'task-1');
    writing.append('It was ');
    writing.append('a night.');
    writing.finish();

    expect(heard.map(({ number, chunk }) => [number, chunk.data.index, chunk.data.text])).toEqual([
      [1, 0, 'It was '],
      [2, 1, 'a night.'],
    ]);
    expect(await board.textOf('ada', 'session-1')).toEqual({
      text: { task_id: 'task-1', index: 2, text: 'It was a night.' },
      number: 2,
    });
  });

  it('has no text of a session that writes nothing', async () => {
    expect(await board.textOf('ada', 'session-1')).toEqual({ text: null, number: 0 });
  });

  it('S23: tells owners of their own sessions alone', () => {
    board.open({ ...OLD, owner: 'grace', sessionId: 'session-2' }, 'task-2').append('hers');

    expect(heard).toEqual([]);
  });

  it('has the text of the later attempt alone', async () => {
    const first = board.open(OLD, 'task-1');
    first.append('first');
    board.open(OLD, 'task-1').append('second');
    first.append(' more');
    jasmine.clock().tick(1000);

    expect(await textOf()).toBe('second');
    expect(heard.map(({ chunk }) => chunk.data.text)).toEqual(['first', 'second']);
  });

  it('S24: never replaces the text of a newer run by that of an older', async () => {
    board.open(NEW, 'task-1').append('new');
    board.open(OLD, 'task-1').append('old');

    expect(await textOf()).toBe('new');
    expect(heard.map(({ chunk }) => chunk.data.text)).toEqual(['new']);
  });

  it('S24: does not let an older run take the text of a newer off', async () => {
    board.open(NEW, 'task-1').append('new');
    board.clear(OLD);

    expect(await textOf()).toBe('new');
  });

  it('emits nothing of what was held when the text is taken off', async () => {
    const writing = board.open(OLD, 'task-1');
    writing.append('one');
    writing.append('two');
    board.clear(OLD);
    jasmine.clock().tick(1000);

    expect(await textOf()).toBeUndefined();
    expect(heard).toHaveSize(1);
  });
});
