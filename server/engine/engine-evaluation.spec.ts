import { EngineUnderTest } from '../testing/engine-under-test';
import { GOOD_TEXT, POOR_TEXT } from '../testing/sample-texts';
import { ScriptedAuthor } from '../testing/scripted-author';

describe('An engine that evaluates every text', () => {
  let author: ScriptedAuthor;
  let test: EngineUnderTest;

  beforeEach(async () => {
    author = new ScriptedAuthor();
    test = await EngineUnderTest.open(author);
  });

  afterEach(async () => {
    await test.close();
  });

  it('one that fails is written once more, with another attempt number', async () => {
    await test.createStarted();
    const briefs = await author.finishCalls(POOR_TEXT, GOOD_TEXT);

    expect(briefs.map(({ taskType, attempt }) => [taskType, attempt])).toEqual([
      ['outline', 0],
      ['outline', 1],
    ]);
  });

  it('a better second text is kept, and the cost of both counted', async () => {
    const id = await test.createStarted();
    await author.finishCalls(POOR_TEXT, GOOD_TEXT);
    await author.nextCall();

    expect(await test.firstTask(id)).toEqual(
      jasmine.objectContaining({ result: GOOD_TEXT, retry_count: 1, total_tokens: 60, failed_attempts: 0 }),
    );
  });

  it('a worse second text is not kept', async () => {
    const id = await test.createStarted();
    await author.finishCalls(`${POOR_TEXT} and once more, a little different`, 'no');
    await author.nextCall();

    expect((await test.firstTask(id)).result).toContain('different');
  });

  it('a third text is never asked for', async () => {
    await test.createStarted();
    const briefs = await author.finishCalls(POOR_TEXT, POOR_TEXT, GOOD_TEXT);

    expect(briefs.map(({ taskType }) => taskType)).toEqual(['outline', 'outline', 'characters']);
  });

  it('the session shows the rewrite while it goes on', async () => {
    const id = await test.createStarted();
    await author.finishCalls(POOR_TEXT);
    const rewrite = await author.nextCall();
    const during = await test.session(id);
    rewrite.finish(GOOD_TEXT);
    await author.nextCall();

    expect([during.is_rewriting, (await test.session(id)).is_rewriting]).toEqual([true, false]);
  });

  it('the first text is kept when the author fails at the second', async () => {
    const id = await test.createStarted();
    await author.finishCalls(POOR_TEXT);
    (await author.nextCall()).fail();
    await author.nextCall();

    expect(await test.firstTask(id)).toEqual(
      jasmine.objectContaining({ status: 'completed', result: POOR_TEXT }),
    );
  });

  it('a stop during the rewrite puts the task back', async () => {
    const id = await test.createStarted();
    await author.finishCalls(POOR_TEXT);
    const rewrite = await author.nextCall();
    await test.command(id, 'stop');
    rewrite.finish(GOOD_TEXT);
    await test.engine.close();

    expect((await test.firstTask(id)).status).toBe('pending');
    expect((await test.session(id)).is_rewriting).toBeFalse();
  });
});
