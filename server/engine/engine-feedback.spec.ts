import { ServiceError } from '../domain/service-error';
import { EngineUnderTest, OWNER } from '../testing/engine-under-test';
import { GOOD_TEXT, POOR_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';
import { complete } from '../testing/work-steps';

describe('S21: Feedback', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;
  let id: string;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
    id = await test.createStarted();
  });

  afterEach(async () => {
    await test.close();
  });

  const say = (message: string, taskId?: string): Promise<unknown> =>
    test.engine.giveFeedback(OWNER, id, { message, ...(taskId !== undefined && { task_id: taskId }) });
  const idOf = async (position: number): Promise<string> =>
    (await test.store.tasksOf(id))[position]?.task_id ?? '';

  it('given during a task reaches those begun after it, and not the text that is being written', async () => {
    const outline = await author.nextCall();
    await say('darker');
    outline.finish(GOOD_TEXT);
    const briefs = [outline.brief, ...(await author.finishCalls(GOOD_TEXT, GOOD_TEXT))];

    expect(briefs.map(({ feedback }) => feedback)).toEqual([[], ['darker'], ['darker']]);
  });

  it('reaches the rewrite of a text that failed its evaluation', async () => {
    const outline = await author.nextCall();
    await say('darker');
    outline.finish(POOR_TEXT);
    const { brief } = await author.nextCall();

    expect([brief.taskType, brief.attempt, brief.feedback]).toEqual(['outline', 1, ['darker']]);
  });

  it('reaches a task that is begun again after a pause', async () => {
    await author.nextCall();
    await test.command(id, 'pause');
    await say('darker');
    await test.command(id, 'resume');

    expect((await author.nextCall()).brief.feedback).toEqual(['darker']);
  });

  it('about a task reaches that task alone', async () => {
    const outline = await author.nextCall();
    await say('a cat', await idOf(1));
    outline.finish(GOOD_TEXT);
    const briefs = await author.finishCalls(GOOD_TEXT, GOOD_TEXT);

    expect(briefs.map(({ taskType, feedback }) => [taskType, feedback])).toEqual([
      ['characters', ['a cat']],
      ['world', []],
    ]);
  });

  it('is given to the author in the order in which it was said', async () => {
    const outline = await author.nextCall();
    await say('darker');
    await say('a cat', await idOf(1));
    await say('shorter');
    outline.finish(GOOD_TEXT);

    expect((await author.nextCall()).brief.feedback).toEqual(['darker', 'a cat', 'shorter']);
  });

  it('interrupts nothing', async () => {
    const { signal } = await author.nextCall();
    await say('darker');

    expect(signal.aborted).toBeFalse();
  });

  it('is refused in a session that is completed', async () => {
    await test.store.change(id, complete);

    await expectAsync(say('darker')).toBeRejectedWith(
      new ServiceError('invalid_state', 'The session is completed: nothing is written any more.'),
    );
  });

  it('is refused for a task of another session', async () => {
    const other = await test.create();

    await expectAsync(
      test.engine.giveFeedback(OWNER, other, { message: 'darker', task_id: await idOf(0) }),
    ).toBeRejectedWithError(ServiceError, /There is no task/);
  });
});
