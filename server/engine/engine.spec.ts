import type { TaskChunk } from '@creative-autogpt/protocol';
import { map } from 'rxjs';
import { EngineUnderTest } from '../testing/engine-under-test';
import { InstantAuthor } from '../testing/instant-author';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

describe('Engine', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(() => {
    author = new ScriptedAuthor();
    test = new EngineUnderTest(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('answers a start with the planned and running session', () => {
    const started = test.engine.start(test.create());

    expect([started.status, started.total_tasks]).toEqual(['running', 6]);
  });

  it('runs any number of sessions at once, each with one running task', async () => {
    const ids = [test.create(), test.create(), test.create()];
    ids.forEach((id) => test.engine.start(id));
    await Promise.all(ids.map(() => author.nextCall()));

    for (const id of ids) {
      expect(test.statusesOf(id).filter((status) => status === 'running')).toHaveSize(1);
    }
  });

  it('lets the rest of the server have its turn even with an author that never waits', async () => {
    test.replaceEngine({ author: new InstantAuthor(() => GOOD_TEXT) });
    const id = test.create();
    test.engine.start(id);
    await test.taskReached('completed');
    await new Promise(setImmediate);
    test.engine.pause(id);

    expect(test.store.findSession(id).completed_tasks).toBeLessThan(6);
  });

  it('S5: what it says was written is what it emitted', async () => {
    const id = test.create();
    const emitted: TaskChunk['data'][] = [];
    const finished = test.taskReached('completed');
    const chunks = test.engine.chunks.pipe(map(({ data }) => data)).subscribe((chunk) => {
      emitted.push(chunk);

      expect(test.engine.writing(id)).toEqual({
        task_id: chunk.task_id,
        index: chunk.index + 1,
        text: emitted.map(({ text }) => text).join(''),
      });
    });
    test.engine.start(id);
    (await author.nextCall()).write(...GOOD_TEXT.split(/(?<= )/)).finish();
    await finished;
    chunks.unsubscribe();

    expect(emitted.map(({ text }) => text).join('')).toBe(GOOD_TEXT);
  });
});
