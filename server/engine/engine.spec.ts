import type { TaskChunk } from '@creative-autogpt/protocol';
import { EngineUnderTest } from '../testing/engine-under-test';
import { InstantAuthor } from '../testing/instant-author';
import { GOOD_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

describe('Engine', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('answers a start with the running session', async () => {
    const started = await test.command(await test.create(), 'start');

    expect(started.status).toBe('running');
  });

  it('S3: plans a session that is started, then begins its first task', async () => {
    const id = await test.createStarted();
    const { brief } = await author.nextCall();

    expect((await test.session(id)).total_tasks).toBe(6);
    expect([brief.taskType, brief.attempt]).toEqual(['outline', 0]);
  });

  it('S3: writes a session to its end', async () => {
    test.replaceEngine({ author: new InstantAuthor(() => GOOD_TEXT) });
    const id = await test.create();
    const completed = test.reached(id, 'completed');
    await test.command(id, 'start');
    await completed;

    expect(await test.statusesOf(id)).toEqual(Array.from({ length: 6 }, () => 'completed'));
    expect(await test.writing(id)).toEqual(jasmine.objectContaining({ text: null }));
  });

  it('runs any number of sessions at once, each with one running task', async () => {
    const ids = await Promise.all([test.create(), test.create(), test.create()]);
    await Promise.all(ids.map((id) => test.command(id, 'start')));
    await Promise.all(ids.map(() => author.nextCall()));

    for (const id of ids) {
      expect((await test.statusesOf(id)).filter((status) => status === 'running')).toHaveSize(1);
    }
    expect(test.engine.runCount).toBe(3);
  });

  it('lets the rest of the server have its turn even with an author that never waits', async () => {
    test.replaceEngine({ author: new InstantAuthor(() => GOOD_TEXT) });
    const id = await test.create();
    const firstCompleted = test.taskReached('completed');
    await test.command(id, 'start');
    await firstCompleted;
    await test.command(id, 'pause');

    expect((await test.session(id)).completed_tasks).toBeLessThan(6);
  });

  it('says how long a text took by a clock that is not set with that of the system', async () => {
    const now = spyOn(performance, 'now').and.returnValue(1000);
    const id = await test.createStarted();
    const call = await author.nextCall();
    const completed = test.taskReached('completed');
    now.and.returnValue(3500);
    spyOn(Date, 'now').and.returnValue(0);
    call.finish(GOOD_TEXT);
    await completed;

    expect((await test.firstTask(id)).execution_time_seconds).toBe(2.5);
  });

  it('S5: what it says was written is what it emitted', async () => {
    const id = await test.create();
    const emitted: TaskChunk['data'][] = [];
    const said: ReturnType<EngineUnderTest['writing']>[] = [];
    test.chunks.subscribe(({ data }) => {
      emitted.push(data);
      said.push(test.writing(id));
    });
    const finished = test.taskReached('completed');
    await test.command(id, 'start');
    (await author.nextCall()).write(...GOOD_TEXT.split(/(?<= )/)).finish();
    await finished;

    expect(emitted.map(({ text }) => text).join('')).toBe(GOOD_TEXT);
    expect((await Promise.all(said)).map(({ text }) => text)).toEqual(
      emitted.map(({ task_id, index }) => ({
        task_id,
        index: index + 1,
        text: emitted
          .slice(0, index + 1)
          .map(({ text }) => text)
          .join(''),
      })),
    );
  });
});
